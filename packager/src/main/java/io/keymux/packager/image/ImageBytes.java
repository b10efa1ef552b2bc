package io.keymux.packager.image;

import io.keymux.cpix.DrmException;

/** The bytes of an image file, read from the front; numbers are big-endian. */
final class ImageBytes {
  private final String name;
  private final byte[] bytes;
  private int at;

  ImageBytes(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** The same bytes, read from another place on. */
  ImageBytes at(int position) {
    ImageBytes other = new ImageBytes(name, bytes);
    other.at = position;
    return other;
  }

  int position() {
    return at;
  }

  int left() {
    return bytes.length - at;
  }

  byte[] array() {
    return bytes;
  }

  /**
   * @throws DrmException with code {@code image-malformed} if fewer are left
   */
  void need(int count, String what) {
    if (count > left()) {
      throw BadImage.truncated(name, bytes.length, what);
    }
  }

  int u8(String what) {
    need(1, what);
    return bytes[at++] & 0xff;
  }

  int u16(String what) {
    return u8(what) << 8 | u8(what);
  }

  long u32(String what) {
    return (long) u16(what) << 16 | u16(what);
  }

  void skip(int count, String what) {
    need(count, what);
    at += count;
  }

  DrmException malformed(int offset, String what) {
    return BadImage.malformed(name, offset, what);
  }

  DrmException unsupported(int offset, String what) {
    return BadImage.unsupported(name, offset, what);
  }

  DrmException tooLarge(String what) {
    return BadImage.tooLarge(name, what);
  }
}
