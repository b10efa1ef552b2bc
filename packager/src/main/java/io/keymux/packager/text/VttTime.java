package io.keymux.packager.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of WebVTT in milliseconds.
 *
 * @see "WebVTT, 6.1 WebVTT file parsing: collect a WebVTT timestamp"
 */
final class VttTime {
  /** As the W3C parser takes it: the number of digits of the hours is not fixed. */
  static final String SYNTAX = "(?:(\\d{1,9}):)?(\\d{2}):(\\d{2})\\.(\\d{3})(?!\\d)";

  private static final Pattern TIME = Pattern.compile(SYNTAX);
  private static final Pattern INSIDE = Pattern.compile("<(" + SYNTAX + ")>");

  private VttTime() {}

  /**
   * Of the four groups of {@link #SYNTAX}.
   *
   * @param first the number of the first group
   * @return -1 if minutes or seconds are above 59
   */
  static long of(Matcher matcher, int first) {
    String hours = matcher.group(first);
    long minutes = Long.parseLong(matcher.group(first + 1));
    long seconds = Long.parseLong(matcher.group(first + 2));
    if (minutes > 59 || seconds > 59) {
      return -1;
    }
    long whole = (hours == null ? 0 : Long.parseLong(hours)) * 3600 + minutes * 60 + seconds;
    return whole * 1000 + Long.parseLong(matcher.group(first + 3));
  }

  /** -1 if the text is no time. */
  static long parse(String text) {
    Matcher matcher = TIME.matcher(text);
    return matcher.matches() ? of(matcher, 1) : -1;
  }

  /** {@code 00:00:01.500}. */
  static String format(long millis) {
    StringBuilder text = new StringBuilder(12);
    pad(text, millis / 3_600_000, 2).append(':');
    pad(text, millis / 60_000 % 60, 2).append(':');
    pad(text, millis / 1000 % 60, 2).append('.');
    return pad(text, millis % 1000, 3).toString();
  }

  private static StringBuilder pad(StringBuilder text, long value, int digits) {
    String plain = Long.toString(value);
    return text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
  }

  /** Whether parts of a cue's text appear at times of their own. */
  static boolean isInside(String text) {
    return INSIDE.matcher(text).find();
  }

  /** A cue's text with the times in it so much later; a time before 0 becomes 0. */
  static String moved(String text, long millis) {
    return INSIDE
        .matcher(text)
        .replaceAll(
            time -> {
              long at = parse(time.group(1));
              return at < 0
                  ? Matcher.quoteReplacement(time.group())
                  : "<" + format(Math.max(0, at + millis)) + ">";
            });
  }
}
