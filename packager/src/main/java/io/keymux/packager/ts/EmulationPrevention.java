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
    to.reserve(length + length / 2 + 1);
    byte[] out = to.array();
    int start = to.end();
    int at = start;
    int zeros = 0;
    for (int i = offset; i < offset + length; i++) {
      byte value = nal[i];
      if (zeros == 2 && (value & ~ESCAPE) == 0) {
        out[at++] = ESCAPE;
        zeros = 0;
      }
      out[at++] = value;
      zeros = value == 0 ? zeros + 1 : 0;
    }
    to.advance(at - start);
  }
}
