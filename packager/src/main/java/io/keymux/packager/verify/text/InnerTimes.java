package io.keymux.packager.verify.text;

/**
 * Times inside of a cue's text, such as those of karaoke.
 *
 * @see "ISO/IEC 14496-30, 7.4: CueTimeBox"
 */
final class InnerTimes {
  private InnerTimes() {}

  /**
   * The text with its times on the presentation's clock.
   *
   * @param clock of the cue at the start of the sample, or empty if the text needs none
   * @param sampleStart in milliseconds of the presentation
   */
  static String moved(String text, String clock, long sampleStart) {
    long own = millis(clock);
    if (own < 0 || own == sampleStart) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
      int close = text.indexOf('>', open);
      long time = close < 0 ? -1 : millis(text.substring(open + 1, close));
      if (time >= 0) {
        long moved = Math.max(0, time + sampleStart - own);
        out.append(text, at, open + 1).append(written(moved));
        at = close;
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  private static String written(long millis) {
    return String.format(
        java.util.Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000);
  }

  /** -1 if it is no time. */
  private static long millis(String text) {
    if (!text.matches("(\\d{1,9}:)?[0-5]\\d:[0-5]\\d\\.\\d{3}")) {
      return -1;
    }
    long value = 0;
    for (String number : text.substring(0, text.length() - 4).split(":", -1)) {
      value = value * 60 + Long.parseLong(number);
    }
    return value * 1000 + Long.parseLong(text.substring(text.length() - 3));
  }
}
