package io.keymux.cpix;

import java.util.Collection;
import java.util.List;

/** The usage rules of a document do not name exactly one usable content key for a track. */
public final class UnresolvedKeyException extends DrmException {

  private UnresolvedKeyException(Blame blame, String code, String problem, String remedy) {
    super(blame, code, problem, remedy);
  }

  private static UnresolvedKeyException caller(String code, String problem, String remedy) {
    return new UnresolvedKeyException(Blame.CALLER, code, problem, remedy);
  }

  /**
   * @param keyIds the distinct KIDs of the rules that match, at least two
   */
  static UnresolvedKeyException ambiguous(Track track, Collection<KeyId> keyIds) {
    return caller(
        "ambiguous-usage-rules",
        "Track %s matches usage rules of %d content keys: %s."
            .formatted(track.describe(), keyIds.size(), keyIds),
        "Make the filters disjoint; minPixels and maxPixels are inclusive, minFps is not.");
  }

  static UnresolvedKeyException noMatch(Track track, int ruleCount) {
    return caller(
        "no-usage-rule",
        "Track %s matches none of the %d usage rules.".formatted(track.describe(), ruleCount),
        "Add a rule for it, or list the track under clearTracks if it must stay unencrypted.");
  }

  static UnresolvedKeyException noRules(Track track, int keyCount) {
    return caller(
        "no-usage-rule",
        "Track %s has no key: the document has no usage rules and %d content keys."
            .formatted(track.describe(), keyCount),
        "Add usage rules; only a document with exactly one key can do without.");
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
        "Ask for keys of a single period.");
  }

  static UnresolvedKeyException unknownPeriod(int ruleNumber, UsageRule rule, String periodId) {
    return caller(
        "unknown-key-period",
        "%s names key period \"%s\", which the document does not define."
            .formatted(RuleText.name(ruleNumber, rule), periodId),
        "Define the period or remove the filter.");
  }

  static UnresolvedKeyException unknownClearTrack(String name, List<Track> tracks) {
    return caller(
        "unknown-clear-track",
        "clearTracks lists \"%s\", but the tracks are %s."
            .formatted(name, tracks.stream().map(Track::name).toList()),
        "Correct the name, or remove it.");
  }
}
