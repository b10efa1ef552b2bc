package io.keymux.packager.input;

/**
 * A file of a {@link MediaSource}.
 *
 * @param name as the user wrote it, for messages
 * @param start of its first byte in the source
 * @param end one behind its last byte
 */
public record SourcePart(String name, long start, long end) {

  /** In bytes. */
  public long size() {
    return end - start;
  }

  /** Counts a position in the source from the start of the file. */
  public long offset(long position) {
    return position - start;
  }
}
