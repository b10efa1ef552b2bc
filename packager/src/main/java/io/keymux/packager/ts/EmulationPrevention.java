package io.keymux.packager.ts;

/**
 * Keeps start codes out of a NAL unit.
 *
 * @see "ITU-T H.264, 7.4.1.1 Encapsulation of an SODB within an RBSP"
 */
final class EmulationPrevention {
  private static final int ESCAPE = 3;

  private EmulationPrevention() {}

  /** Appends a NAL unit, with an escape byte behind two zeros that a byte up to 3 follows. */
  static void append(byte[] nal, int offset, int length, FrameBuffer to) {
    int end = offset + length;
    int copied = offset;
    int third = offset + 2;
    while (third < end) {
      if ((nal[third] & ~ESCAPE) != 0) {
        third += 3; // it neither needs an escape nor is one of two zeros before one
      } else if (nal[third - 1] == 0 && nal[third - 2] == 0) {
        to.add(nal, copied, third - copied);
        to.add(ESCAPE);
        copied = third;
        third += 2; // the zeros before the escape count no more
      } else {
        third++;
      }
    }
    to.add(nal, copied, end - copied);
  }
}
