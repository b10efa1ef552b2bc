package io.keymux.packager.dash;

import java.math.BigInteger;

/**
 * Frame rates as the MPD wants them: a whole number or a fraction, never a decimal.
 *
 * @see "ISO/IEC 23009-1, FrameRateType"
 */
final class FrameRate {
  /** Tells 23.976 from 24000/1001 no more, but 24 from 24000/1001. */
  private static final double TOLERANCE = 1e-5;

  private FrameRate() {}

  /**
   * {@code 25}, {@code 30000/1001}, {@code 25/2}; a rate that is none of these to one part in
   * 100,000 is given to three decimals.
   *
   * @param fps above 0
   */
  static String of(double fps) {
    long whole = Math.round(fps);
    if (close(fps, (double) whole)) {
      return Long.toString(whole);
    }
    if (close(fps, whole * 1000 / 1001.0)) {
      return whole * 1000 + "/1001";
    }
    long thousandths = Math.max(1, Math.round(fps * 1000));
    long divisor = BigInteger.valueOf(thousandths).gcd(BigInteger.valueOf(1000)).longValueExact();
    return thousandths / divisor + "/" + 1000 / divisor;
  }

  private static boolean close(double fps, double candidate) {
    return candidate > 0 && Math.abs(fps - candidate) <= TOLERANCE * candidate;
  }
}
