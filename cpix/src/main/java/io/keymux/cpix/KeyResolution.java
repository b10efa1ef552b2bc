package io.keymux.cpix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which key the usage rules of a document give to one track in one key period, and why.
 *
 * @param period null if the document has none, none is named or none holds the time
 * @param keyIds the KID of {@link Outcome#KEY}; the distinct KIDs of {@link Outcome#AMBIGUOUS}, in
 *     document order; else empty
 * @param rootKeyId of the root key that the leaf key comes with, or null if it is not a leaf
 * @param decision the rule that gave the key, or the first that cannot be used; null if there is
 *     none, as for the only key of a document without rules
 * @param verdicts one for each rule, in document order
 */
public record KeyResolution(
    Track track,
    @Nullable KeyPeriod period,
    Outcome outcome,
    List<KeyId> keyIds,
    @Nullable KeyId rootKeyId,
    @Nullable RuleVerdict decision,
    List<RuleVerdict> verdicts) {

  /** What the rules came to. */
  public enum Outcome {
    KEY,
    /** The track stays without a key, which CPIX allows. */
    NO_MATCH,
    /** Rules of several keys match. */
    AMBIGUOUS,
    /** A rule cannot be used, which forbids all mapping. */
    UNUSABLE
  }

  public KeyResolution {
    keyIds = List.copyOf(keyIds);
    verdicts = List.copyOf(verdicts);
    boolean fits =
        switch (outcome) {
          case KEY -> keyIds.size() == 1;
          case AMBIGUOUS -> keyIds.size() > 1;
          case NO_MATCH, UNUSABLE -> keyIds.isEmpty();
        };
    if (!fits || (outcome == Outcome.UNUSABLE && decision == null)) {
      throw new IllegalArgumentException(outcome + " with the keys " + keyIds + ", " + decision);
    }
  }

  /** The KID, if there is just one. The document need not hold a value for it. */
  public Optional<KeyId> keyId() {
    return outcome == Outcome.KEY ? Optional.of(keyIds.get(0)) : Optional.empty();
  }

  /** One or two sentences for people: the rule and the filters, or why there is no key. */
  public String why() {
    return ResolutionText.why(this);
  }

  /** A sentence for each rule that is not the {@link #decision}: why it is not. */
  public List<String> others() {
    return ResolutionText.others(this);
  }

  /**
   * The whole answer for people, without line breaks and indentation: the track with its key and
   * {@link #why}, then {@link #others}.
   */
  public List<String> explain() {
    List<String> lines = new ArrayList<>();
    lines.add(ResolutionText.headline(this) + " " + why());
    lines.addAll(others());
    return List.copyOf(lines);
  }
}
