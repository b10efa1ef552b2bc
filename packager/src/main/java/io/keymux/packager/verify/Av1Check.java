package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackFragment.SampleInfo;

/**
 * AV1: the OBUs of a sample fill it exactly. They are clear where only tiles are encrypted, so this
 * tells a wrong key only where samples are encrypted as a whole; and a clear track that is damaged.
 *
 * @see "AV1 specification, 5.3 OBU syntax"
 */
final class Av1Check implements SampleCheck {
  private static final int SIZE_BYTES = 8;

  /**
   * One random sample in four begins with an OBU without a size, which fills it; few others fit.
   */
  private static final double BITS = 1.5;

  @Override
  public Verdict check(byte[] sample, int size, double duration, SampleInfo info) {
    int at = 0;
    while (at < size) {
      int obu = at;
      int header = sample[at++];
      if ((header & 0x80) != 0) {
        return Verdict.broken("obu_forbidden_bit is set in the OBU at byte " + obu);
      }
      at += (header & 4) == 0 ? 0 : 1;
      long length = (long) size - at;
      if ((header & 2) != 0) {
        length = 0;
        boolean more = true;
        for (int i = 0; more && i < SIZE_BYTES && at < size; i++) {
          more = sample[at] < 0;
          length |= (sample[at++] & 0x7fL) << (7 * i);
        }
      }
      if (length < 0 || length > (long) size - at) {
        return Verdict.broken("an OBU of %d bytes at byte %d of %d".formatted(length, obu, size));
      }
      at += (int) length;
    }
    return info.clear().length == 0 && size > 0 ? Verdict.passed(BITS) : Verdict.NOTHING;
  }
}
