package io.keymux.cpix;

/**
 * One filter of a rule, held against one track.
 *
 * @param found what the filter looked at, in words: {@code track has 2073600 pixels}
 */
public record FilterCheck(Filter filter, RuleVerdict.Result result, String found) {

  /** {@code VideoFilter maxPixels=921600: track has 2073600 pixels}. */
  public String text() {
    return RuleText.of(filter) + ": " + found;
  }
}
