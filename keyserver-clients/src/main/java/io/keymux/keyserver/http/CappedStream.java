package io.keymux.keyserver.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives at most so many bytes; one more is a failure. */
final class CappedStream extends FilterInputStream {
  private final int limit;
  private final String host;
  private int left;

  CappedStream(InputStream in, int limit, String host) {
    super(in);
    this.limit = limit;
    this.host = host;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int got = super.read(target, offset, length);
    count(Math.max(got, 0));
    return got;
  }

  /** Does not close what it reads from: that would read it to its end. */
  @Override
  public void close() {
    // The connection is closed as a whole.
  }

  private void count(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw KeyExchangeException.tooLarge(host, limit);
    }
  }
}
