package io.keymux.cpix;

import java.util.List;
import java.util.stream.Collectors;

/** The usage rules of a document do not name exactly one usable content key for a track. */
public final class UnresolvedKeyException extends DrmException {

  private UnresolvedKeyException(Blame blame, String code, String problem, String remedy) {
    super(blame, code, problem, remedy);
  }

  private static UnresolvedKeyException caller(String code, String problem, String remedy) {
    return new UnresolvedKeyException(Blame.CALLER, code, problem, remedy);
  }

  /**
   * @param resolution any but one of exactly one key
   */
  static UnresolvedKeyException of(KeyResolution resolution, CpixDocument document) {
    String track = resolution.track().describe() + ResolutionText.inPeriod(resolution);
    return switch (resolution.outcome()) {
      case KEY -> throw new IllegalArgumentException(track + " has a key");
      case NO_MATCH ->
          document.usageRules().isEmpty()
              ? caller(
                  "no-usage-rule",
                  "Track %s has no key: the document has no usage rules and %d content keys."
                      .formatted(
                          track, document.contentKeys().size() + document.requestedKeys().size()),
                  "Add usage rules; only a document with exactly one key can do without.")
              : caller(
                  "no-usage-rule",
                  "Track %s matches none of the %d usage rules."
                      .formatted(track, document.usageRules().size()),
                  "Add a rule for it, or list the track under clearTracks if it must stay"
                      + " unencrypted.");
      case AMBIGUOUS ->
          caller(
              "ambiguous-usage-rules",
              "Track %s matches usage rules of %d content keys: %s."
                  .formatted(track, resolution.keyIds().size(), resolution.keyIds()),
              "Make the filters disjoint; minPixels and maxPixels are inclusive, minFps is not.");
      case UNUSABLE ->
          caller(
              "unusable-usage-rule",
              "Track %s has no key: %s".formatted(track, resolution.why()),
              "Remove the filter from the document, or give the keys directly.");
    };
  }

  static UnresolvedKeyException unusable(int ruleNumber, UsageRule rule) {
    return caller(
        "unusable-usage-rule",
        "%s for KID %s holds a filter that Keymux does not know, so no track may be mapped."
            .formatted(RuleText.name(ruleNumber, rule), rule.keyId()),
        "Remove the extension filter from the document, or give the keys directly.");
  }

  static UnresolvedKeyException noValue(Track track, KeyId keyId) {
    return caller(
        "key-without-value",
        "Track %s needs KID %s, but the document holds no value for it."
            .formatted(track.describe(), keyId),
        "Use the key server's answer, not the request, or add the key's value.");
  }

  static UnresolvedKeyException rotation(List<KeyPeriod> periods) {
    return new UnresolvedKeyException(
        Blame.UNSUPPORTED,
        "key-rotation-unsupported",
        "The usage rules spread the keys over %d key periods.".formatted(periods.size()),
        "Give the job a key period, so that it asks for each, or give keys of a single one.");
  }

  static UnresolvedKeyException unknownPeriod(int ruleNumber, UsageRule rule, String periodId) {
    return caller(
        "unknown-key-period",
        "%s names key period \"%s\", which the document does not define."
            .formatted(RuleText.name(ruleNumber, rule), periodId),
        "Define the period or remove the filter.");
  }

  /**
   * @param wanted {@code index 7}
   */
  static UnresolvedKeyException noPeriod(String wanted) {
    return caller(
        "unknown-key-period",
        "The document defines no key period with %s.".formatted(wanted),
        "Name one that it defines.");
  }

  /**
   * @param wanted has an index
   */
  static UnresolvedKeyException noPeriod(KeyPeriod wanted, List<KeyPeriod> there) {
    return caller(
        "unknown-key-period",
        "The document has no key period number %d, which the job asks for; it has %s."
            .formatted(
                wanted.index(),
                there.isEmpty()
                    ? "none"
                    : there.stream().map(RuleText::numbered).collect(Collectors.joining(", "))),
        "Give a document with keys for every period of the job, numbered from 1, or package"
            + " without a key period.");
  }

  static UnresolvedKeyException overlap(KeyPeriod first, KeyPeriod second) {
    return caller(
        "overlapping-key-periods",
        "%s and %s overlap.".formatted(sentence(first), RuleText.of(second)),
        "Give each period an end no later than the next one's start; an end is exclusive.");
  }

  static UnresolvedKeyException sameIndex(KeyPeriod first, KeyPeriod second) {
    return caller(
        "overlapping-key-periods",
        "%s and %s both have the index %d."
            .formatted(sentence(first), RuleText.of(second), first.index()),
        "Number each period on its own.");
  }

  /**
   * @param fault {@code ends at 10, before 12}
   */
  static UnresolvedKeyException invalidPeriod(KeyPeriod period, String fault) {
    return caller(
        "invalid-key-period", "%s %s.".formatted(sentence(period), fault), "Correct its times.");
  }

  private static String sentence(KeyPeriod period) {
    String text = RuleText.of(period);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  static UnresolvedKeyException rootKey(int ruleNumber, UsageRule rule) {
    return caller(
        "root-key-in-usage-rule",
        "%s names KID %s, a root key that other keys depend on."
            .formatted(RuleText.name(ruleNumber, rule), rule.keyId()),
        "Name a leaf key: only leaf keys encrypt tracks.");
  }

  static UnresolvedKeyException noRoot(KeyId leaf, KeyId root) {
    return caller(
        "cpix-root-key-missing",
        "KID %s depends on root key %s, which the document does not hold.".formatted(leaf, root),
        "Give one document with the root key too; its value may be left out.");
  }

  static UnresolvedKeyException nestedHierarchy(KeyId leaf, KeyId root) {
    return caller(
        "cpix-nested-hierarchy",
        "KID %s depends on KID %s, which depends on another key itself.".formatted(leaf, root),
        "Let every leaf key name a key that depends on none.");
  }

  static UnresolvedKeyException leafSignaling(DrmSignaling signaling) {
    return caller(
        "cpix-leaf-key-signaling",
        "The signalling of leaf key %s for DRM system %s has more than a PSSH."
            .formatted(signaling.keyId(), signaling.systemId()),
        "Move the rest to the DRMSystem of the root key, which manifests speak of.");
  }

  static UnresolvedKeyException unknownClearTrack(String name, List<Track> tracks) {
    return caller(
        "unknown-clear-track",
        "clearTracks lists \"%s\", but the tracks are %s."
            .formatted(name, tracks.stream().map(Track::name).toList()),
        "Correct the name, or remove it.");
  }
}
