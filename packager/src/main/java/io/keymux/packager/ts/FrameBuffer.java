package io.keymux.packager.ts;

import java.util.Arrays;

/** A frame in the making, with room for a PES header in front of it. It grows, and is reused. */
final class FrameBuffer {
  /** Of the longest PES header that is written: with PTS and DTS. */
  static final int HEADROOM = 19;

  private byte[] bytes = new byte[64 * 1024];
  private int end = HEADROOM;

  void clear() {
    end = HEADROOM;
  }

  /** Bytes of the frame. */
  int size() {
    return end - HEADROOM;
  }

  /** The frame starts at {@link #HEADROOM}. Only good until something is added. */
  byte[] array() {
    return bytes;
  }

  /** Where the next byte goes. */
  int end() {
    return end;
  }

  void add(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
  }

  void add(int value) {
    reserve(1);
    bytes[end++] = (byte) value;
  }

  /** Makes room, so that {@code length} bytes can be written behind {@link #end} by hand. */
  void reserve(int length) {
    if (length > bytes.length - end) {
      long wanted = Math.max((long) end + length, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  /** Takes bytes in that were written by hand. */
  void advance(int length) {
    end += length;
  }
}
