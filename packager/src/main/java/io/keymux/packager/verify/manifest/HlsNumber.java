package io.keymux.packager.verify.manifest;

import java.util.regex.Pattern;

/**
 * The number that the value of a tag begins with, as in EXTINF and EXT-X-TARGETDURATION.
 *
 * @see "RFC 8216, 4.3.2.1 EXTINF and 4.3.3.1 EXT-X-TARGETDURATION"
 */
public final class HlsNumber {
  /** There is no number. */
  public static final double NONE = -1;

  private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(\\.\\d{0,12})?");

  private HlsNumber() {}

  /**
   * @param value behind the colon, up to the comma if there is one
   * @return at least 0, or {@link #NONE}
   */
  public static double of(String value) {
    int comma = value.indexOf(',');
    String digits = (comma < 0 ? value : value.substring(0, comma)).strip();
    return DECIMAL.matcher(digits).matches() ? Double.parseDouble(digits) : NONE;
  }
}
