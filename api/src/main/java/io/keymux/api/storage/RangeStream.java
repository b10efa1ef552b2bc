package io.keymux.api.storage;

import java.io.IOException;

/** The bytes of a part of a remote file, as they arrive. Used by one thread. */
interface RangeStream extends AutoCloseable {

  /**
   * @return how many bytes were read, or -1 at the end
   * @throws IOException if the connection breaks
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Gives the connection back if all was read, else drops it; never fails. */
  @Override
  void close();
}
