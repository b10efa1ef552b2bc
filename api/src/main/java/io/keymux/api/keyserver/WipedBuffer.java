package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Collects bytes of which some are secret; leaves no copies behind when it grows. */
final class WipedBuffer {
  private byte[] bytes;
  private int size;

  WipedBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  void add(String ascii) {
    add(ascii.getBytes(US_ASCII));
  }

  void add(byte[] more) {
    if (size + more.length > bytes.length) {
      replace(Arrays.copyOf(bytes, 2 * (size + more.length)));
    }
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  /** What was collected, which the caller should overwrite; the buffer is empty afterwards. */
  byte[] drain() {
    byte[] all = Arrays.copyOf(bytes, size);
    replace(new byte[0]);
    size = 0;
    return all;
  }

  private void replace(byte[] next) {
    Arrays.fill(bytes, (byte) 0);
    bytes = next;
  }
}
