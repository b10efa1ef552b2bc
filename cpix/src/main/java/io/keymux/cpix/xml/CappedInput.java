package io.keymux.cpix.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The first bytes of a stream, up to one more than the limit: that one is refused. Leaves the
 * stream open.
 *
 * <p>Its failures are unchecked, so that the parser cannot take them for its own.
 */
final class CappedInput extends InputStream {
  private final InputStream in;
  private final int limit;
  private int count;

  CappedInput(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * @throws InvalidXmlException with code {@code xml-too-large} if there are more bytes than the
   *     limit
   * @throws UncheckedIOException if the stream cannot be read
   */
  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      int got = in.read(bytes, offset, Math.min(length, limit - count + 1));
      if (got > limit - count) {
        throw InvalidXmlException.tooLarge(limit);
      }
      count += Math.max(got, 0);
      return got;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
