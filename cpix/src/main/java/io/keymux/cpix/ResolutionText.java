package io.keymux.cpix;

import io.keymux.cpix.KeyResolution.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolutions in sentences. */
final class ResolutionText {
  private ResolutionText() {}

  /** {@code video (1280x720, 25.000 fps, 3000000 bit/s), key period "p1": KID ….} */
  static String headline(KeyResolution resolution) {
    String answer =
        switch (resolution.outcome()) {
          case KEY -> "KID " + resolution.keyIds().get(0) + root(resolution.rootKeyId()) + ".";
          case NO_MATCH -> "no key.";
          case AMBIGUOUS -> "no key, as it is ambiguous.";
          case UNUSABLE -> "no key, as the rules cannot be used.";
        };
    return resolution.track().describe() + inPeriod(resolution) + ": " + answer;
  }

  static String why(KeyResolution resolution) {
    RuleVerdict decision = resolution.decision();
    return switch (resolution.outcome()) {
      case KEY ->
          decision == null
              ? "The document has no usage rules and only this key, so the key is for every track."
              : decision.explain();
      case NO_MATCH ->
          resolution.verdicts().isEmpty()
              ? "The document has no usage rules, and only one with a single key can do without."
              : "It matches none of the " + resolution.verdicts().size() + " usage rules.";
      case AMBIGUOUS ->
          "It matches usage rules of "
              + resolution.keyIds().size()
              + " content keys: "
              + resolution.keyIds().stream().map(KeyId::toString).collect(Collectors.joining(", "))
              + ".";
      case UNUSABLE ->
          (decision == null ? "" : decision.explain() + " ") + "One such rule forbids all mapping.";
    };
  }

  static List<String> others(KeyResolution resolution) {
    List<String> lines = new ArrayList<>();
    for (RuleVerdict verdict : resolution.verdicts()) {
      if (!verdict.equals(resolution.decision())) {
        lines.add(verdict.explain() + remark(resolution, verdict));
      }
    }
    return List.copyOf(lines);
  }

  /** Why a rule that matches did not decide. */
  private static String remark(KeyResolution resolution, RuleVerdict verdict) {
    if (resolution.outcome() != Outcome.KEY || !verdict.matched()) {
      return "";
    }
    return resolution.keyIds().contains(verdict.rule().keyId())
        ? " It names the same key."
        : " The last rule that matches goes before it.";
  }

  /** {@code , key period "p1"}; empty without a period. */
  static String inPeriod(KeyResolution resolution) {
    KeyPeriod period = resolution.period();
    return period == null ? "" : ", " + RuleText.of(period);
  }

  private static String root(@Nullable KeyId root) {
    return root == null ? "" : ", a leaf of KID " + root;
  }
}
