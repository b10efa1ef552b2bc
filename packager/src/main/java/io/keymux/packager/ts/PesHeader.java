package io.keymux.packager.ts;

/**
 * Puts a PES header in front of frames.
 *
 * @see "ISO/IEC 13818-1, 2.4.3.6 PES packet"
 */
final class PesHeader {
  /** Without DTS. */
  static final int AUDIO_BYTES = 14;

  private static final int FIXED_BYTES = 6;
  private static final int TIMESTAMP_BYTES = 5;
  private static final int MAX_PACKET_LENGTH = 0xffff;

  /** The largest content of a PES packet of audio, whose length must be said. */
  static final int MAX_AUDIO_BYTES = MAX_PACKET_LENGTH - (AUDIO_BYTES - FIXED_BYTES);

  private PesHeader() {}

  /**
   * Writes into the room in front of the frame.
   *
   * @return where in the buffer's array the PES packet begins
   */
  static int write(FrameBuffer frame, int streamId, long pts, long dts) {
    boolean both = pts != dts;
    int header = AUDIO_BYTES + (both ? TIMESTAMP_BYTES : 0);
    int start = FrameBuffer.HEADROOM - header;
    byte[] out = frame.array();
    int length = header - FIXED_BYTES + frame.size();
    int said = length > MAX_PACKET_LENGTH ? 0 : length; // 0: up to the next one, video only
    out[start] = 0;
    out[start + 1] = 0;
    out[start + 2] = 1;
    out[start + 3] = (byte) streamId;
    out[start + 4] = (byte) (said >> 8);
    out[start + 5] = (byte) said;
    out[start + 6] = (byte) 0x84; // data_alignment_indicator
    out[start + 7] = (byte) (both ? 0xc0 : 0x80);
    out[start + 8] = (byte) (header - FIXED_BYTES - 3);
    timestamp(out, start + 9, both ? 3 : 2, pts);
    if (both) {
      timestamp(out, start + 14, 1, dts);
    }
    return start;
  }

  /** 33 bits between marker bits; higher ones are cut off, which is how the clock wraps. */
  private static void timestamp(byte[] out, int at, int prefix, long ticks) {
    out[at] = (byte) ((prefix << 4) | ((int) (ticks >> 29) & 0x0e) | 1);
    out[at + 1] = (byte) (ticks >> 22);
    out[at + 2] = (byte) ((ticks >> 14) | 1);
    out[at + 3] = (byte) (ticks >> 7);
    out[at + 4] = (byte) ((ticks << 1) | 1);
  }
}
