package io.keymux.packager.isobmff;

import io.keymux.packager.input.MediaSource;
import java.util.Arrays;

/**
 * Reads small pieces of a source through one buffer, so that a fragment's {@code moof} and the box
 * headers around it cost one read. Not thread-safe.
 */
final class SourceWindow {
  private static final int CAPACITY = 16 * 1024;

  private final MediaSource source;
  private final byte[] buffer = new byte[CAPACITY];
  private long start;
  private int filled;

  SourceWindow(MediaSource source) {
    this.source = source;
  }

  /** A fresh array of {@code length} bytes that must lie inside the source. */
  byte[] read(long position, int length) {
    if (length > CAPACITY) {
      byte[] large = new byte[length];
      source.read(position, large, 0, length);
      return large;
    }
    if (position < start || position + length > start + filled) {
      int wanted = (int) Math.min(CAPACITY, source.size() - position);
      filled = 0;
      source.read(position, buffer, 0, wanted);
      start = position;
      filled = wanted;
    }
    int from = (int) (position - start);
    return Arrays.copyOfRange(buffer, from, from + length);
  }
}
