package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackFragment.SampleInfo;

/**
 * AAC: a raw data block begins with an element that can come first and ends with the terminator,
 * which stands in the last byte or two. Random bytes pass in one case of six, or two of three where
 * the end is clear.
 *
 * @see "ISO/IEC 14496-3, 4.4.2.1 raw_data_block()"
 */
final class AacCheck implements SampleCheck {
  private static final int COUPLING = 2;
  private static final int LFE = 3;
  private static final int END = 7;

  /** What a wrong key has to overcome at least, in a sample whose end is clear. */
  private static final double BITS = 0.5;

  /** Whether the codec has raw data blocks: the low-delay and USAC codecs have others. */
  static boolean reads(String codecs) {
    return codecs.matches("mp4a\\.(40\\.0?[1-5]|40\\.29|67)");
  }

  @Override
  public Verdict check(byte[] sample, int size, double duration, SampleInfo info) {
    if (size < 2) {
      return Verdict.doubtful("only " + size + " bytes");
    }
    int first = (sample[0] & 0xff) >>> 5;
    if (first == COUPLING || first == LFE || first == END) {
      return Verdict.doubtful("it begins with element " + first);
    }
    int tail = ((sample[size - 2] & 0xff) << 8) | (sample[size - 1] & 0xff);
    int zeros = Integer.numberOfTrailingZeros(tail | 0x10000);
    if (zeros > 7 || ((tail >>> zeros) & 7) != END) {
      return Verdict.doubtful("it does not end with the terminator");
    }
    return Verdict.passed(BITS);
  }
}
