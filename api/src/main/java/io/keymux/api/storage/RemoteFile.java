package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import java.io.IOException;

/** A file behind a network that can be read in parts. Safe for use by several threads. */
interface RemoteFile {

  /** For messages; credentials removed. */
  String name();

  /** Whose slowness it shares: files of one source have a limited part of all threads. */
  String source();

  /**
   * In bytes; the storage is asked for it once.
   *
   * @throws StorageException if it cannot tell
   */
  long size();

  /**
   * Asks for bytes.
   *
   * @param from the first, less than {@link #size}
   * @param to one behind the last, at most {@link #size}
   * @throws IOException if a connection breaks: trying again may help
   * @throws StorageException if it does not, as with {@code input-changed}
   */
  RangeStream open(long from, long to) throws IOException;
}
