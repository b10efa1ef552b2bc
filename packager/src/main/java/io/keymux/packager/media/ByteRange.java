package io.keymux.packager.media;

/**
 * A part of a file.
 *
 * @param offset of the first byte
 * @param length in bytes
 */
public record ByteRange(long offset, long length) {
  /** As DASH and HTTP write it: {@code first-last}, both inclusive. */
  public String firstLast() {
    return offset + "-" + (offset + length - 1);
  }
}
