package io.keymux.packager.input;

import java.io.Closeable;

/**
 * Random access to the bytes of one input. Safe for use by several threads at once: a read has its
 * own position.
 */
public interface MediaSource extends Closeable {

  /** The input as the user wrote it, for messages; credentials removed. */
  String name();

  /** Size in bytes; fixed while the source is open. */
  long size();

  /**
   * The file that a byte lies in, where the source shows several files as one; else all of it.
   *
   * @param position in bytes from the start, 0 to {@link #size} - 1
   */
  default SourcePart part(long position) {
    return new SourcePart(name(), 0, size());
  }

  /**
   * Reads exactly {@code length} bytes at {@code position}.
   *
   * @param position in bytes from the start, at least 0
   * @throws io.keymux.cpix.DrmException with code {@code input-truncated} if the input ends before,
   *     or {@code input-unreadable} if it cannot be read; {@code target} is then undefined
   */
  void read(long position, byte[] target, int offset, int length);

  /** Releases the input; never fails. */
  @Override
  void close();
}
