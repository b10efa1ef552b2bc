package io.keymux.api.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends after so many bytes. */
final class PartStream extends FilterInputStream {
  private long left;

  PartStream(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int value = super.read();
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int got = super.read(target, offset, (int) Math.min(length, left));
    left -= Math.max(got, 0);
    return got;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
