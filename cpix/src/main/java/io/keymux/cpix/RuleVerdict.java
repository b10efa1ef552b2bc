package io.keymux.cpix;

import java.util.List;

/**
 * What one usage rule says about one track.
 *
 * @param number counted from 1 in document order
 * @param checks if it matched, the filters that let the track in, one of each kind; if it did not,
 *     all filters of the first kind that kept it out; if it cannot be used, the filters that lack a
 *     value, or none if the rule holds a filter that Keymux does not know
 */
public record RuleVerdict(int number, UsageRule rule, Result result, List<FilterCheck> checks) {

  /** How a rule or one of its filters came out. */
  public enum Result {
    MATCHED,
    FAILED,
    /** It cannot be told; no track may be mapped then. */
    UNUSABLE
  }

  public RuleVerdict {
    checks = List.copyOf(checks);
  }

  public boolean matched() {
    return result == Result.MATCHED;
  }

  /**
   * One sentence for people: {@code Usage rule 1 (SD) does not match: VideoFilter maxPixels=921600:
   * track has 2073600 pixels.}
   */
  public String explain() {
    return RuleText.of(this);
  }
}
