package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackFragment.SampleInfo;

/**
 * FLAC: a sample is one frame, which begins with a sync code and ends with a CRC over all of it.
 *
 * @see "RFC 9639, 9.1 Frame Header and 9.3 Frame Footer"
 */
final class FlacCheck implements SampleCheck {
  private static final int SYNC_CODE = 0xfff8;

  @Override
  public Verdict check(byte[] sample, int size, double duration, SampleInfo info) {
    if (size < 8) {
      return Verdict.broken("only " + size + " bytes");
    }
    int sync = ((sample[0] & 0xff) << 8) | (sample[1] & 0xff);
    if ((sync & 0xfffe) != SYNC_CODE) {
      return Verdict.broken("sync code %04x instead of %04x".formatted(sync, SYNC_CODE));
    }
    if (Crc16.of(sample, 0, size) != 0) {
      return Verdict.broken("the CRC of the frame is wrong");
    }
    return Verdict.passed(31);
  }
}
