package io.keymux.packager.media;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How thumbnails lie in an image: in rows from left to right, the rows from top to bottom, at equal
 * distances in time.
 *
 * @param columns 1 to 1000
 * @param rows likewise
 * @param everyMicros how long a thumbnail stands for the video, in microseconds; a millisecond to a
 *     day
 */
public record Tiling(int columns, int rows, long everyMicros) {
  private static final int MAX_SIDE = 1000;
  private static final long MIN_MICROS = 1000;
  private static final long MAX_MICROS = 86_400_000_000L;
  private static final Pattern LAYOUT = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})");

  /**
   * @throws IllegalArgumentException if something is out of range
   */
  public Tiling {
    if (columns < 1 || columns > MAX_SIDE || rows < 1 || rows > MAX_SIDE) {
      throw new IllegalArgumentException(
          "\"%dx%d\" is no grid: 1 to %d columns and rows.".formatted(columns, rows, MAX_SIDE));
    }
    if (everyMicros < MIN_MICROS || everyMicros > MAX_MICROS) {
      throw new IllegalArgumentException("A thumbnail stands for 0.001 to 86400 seconds.");
    }
  }

  /**
   * @param layout as {@code 5x4}: columns and rows
   * @param everySeconds a decimal number with at most six digits behind the point
   * @throws IllegalArgumentException if it cannot be read, or something is out of range
   */
  public static Tiling of(String layout, String everySeconds) {
    Matcher matcher = LAYOUT.matcher(layout);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + layout + "\" is no grid: columns and rows, as 5x4.");
    }
    long micros;
    try {
      // Not movePointRight, which would write out the zeros of 1e99999999.
      micros = new BigDecimal(everySeconds).scaleByPowerOfTen(6).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + everySeconds + "\" is no number of seconds with at most six decimals.", e);
    }
    return new Tiling(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), micros);
  }

  /** As {@code 5x4}. */
  public String layout() {
    return columns + "x" + rows;
  }

  /** Thumbnails in an image. */
  public int count() {
    return columns * rows;
  }

  /** How long a whole image stands for the video, in microseconds. */
  public long imageMicros() {
    return everyMicros * count();
  }

  /** {@link #everyMicros} in seconds, without needless zeros. */
  public BigDecimal everySeconds() {
    BigDecimal seconds = BigDecimal.valueOf(everyMicros, 6).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
