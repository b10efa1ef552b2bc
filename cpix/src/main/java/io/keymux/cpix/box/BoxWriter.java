package io.keymux.cpix.box;

import java.util.Arrays;

/**
 * Appends ISO BMFF boxes to a growing buffer. Box sizes are patched when the body returns, so no
 * caller ever computes a length.
 *
 * <p>All integers are big-endian. Not thread-safe. {@code mdat} payload never enters this buffer.
 *
 * @see "ISO/IEC 14496-12, 4.2 Object structure"
 */
public final class BoxWriter {
  private byte[] buffer;
  private int position;

  public BoxWriter() {
    this(512);
  }

  /**
   * @param capacity bytes to reserve at first
   */
  public BoxWriter(int capacity) {
    buffer = new byte[Math.max(16, capacity)];
  }

  /** Writes a box: 32-bit size, four-character type, then whatever {@code body} appends. */
  public BoxWriter box(int type, Runnable body) {
    int start = position;
    u32(0).u32(type);
    body.run();
    patchU32(start, position - start);
    return this;
  }

  /** Writes a full box: {@link #box} plus an 8-bit version and 24-bit flags. */
  public BoxWriter fullBox(int type, int version, int flags, Runnable body) {
    return box(
        type,
        () -> {
          u32(((long) version << 24) | flags);
          body.run();
        });
  }

  public BoxWriter u8(int value) {
    reserve(1);
    buffer[position++] = (byte) value;
    return this;
  }

  public BoxWriter u16(int value) {
    reserve(2);
    buffer[position++] = (byte) (value >>> 8);
    buffer[position++] = (byte) value;
    return this;
  }

  public BoxWriter u24(int value) {
    return u8(value >>> 16).u16(value);
  }

  public BoxWriter u32(long value) {
    reserve(4);
    patchU32(position, value);
    position += 4;
    return this;
  }

  public BoxWriter u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  public BoxWriter bytes(byte[] value) {
    return bytes(value, 0, value.length);
  }

  public BoxWriter bytes(byte[] value, int offset, int length) {
    reserve(length);
    System.arraycopy(value, offset, buffer, position, length);
    position += length;
    return this;
  }

  public BoxWriter zeros(int count) {
    reserve(count);
    Arrays.fill(buffer, position, position + count, (byte) 0);
    position += count;
    return this;
  }

  /** Bytes written so far: the offset of the next one. */
  public int size() {
    return position;
  }

  /** Overwrites four bytes that were written before. */
  public void patchU32(int at, long value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
  }

  /** Forgets everything written and keeps the buffer. */
  public void reset() {
    position = 0;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, position);
  }

  /** Copies what was written to {@code target}, which must have room for {@link #size}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(buffer, 0, target, offset, position);
  }

  /**
   * Copies a part of what was written.
   *
   * @param from of its first byte, which was written before
   */
  public void copyTo(int from, int length, byte[] target, int offset) {
    System.arraycopy(buffer, from, target, offset, length);
  }

  /** Appends what was written here to {@code other}. */
  public void appendTo(BoxWriter other) {
    other.bytes(buffer, 0, position);
  }

  private void reserve(int length) {
    if (position + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + length));
    }
  }
}
