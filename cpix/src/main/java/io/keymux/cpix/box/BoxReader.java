package io.keymux.cpix.box;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads big-endian fields and nested boxes out of a byte array. Every length and count is checked
 * against what is left before anything is allocated.
 *
 * <p>Offsets in errors are absolute: {@code base} is where the array starts in the file. Not
 * thread-safe.
 *
 * @see "ISO/IEC 14496-12, 4.2 Object structure"
 */
public final class BoxReader {
  private final byte[] bytes;
  private final long base;
  private final int end;
  private int position;

  /**
   * @param base offset of {@code bytes[0]} in its file, for error messages
   */
  public BoxReader(byte[] bytes, long base) {
    this(bytes, base, 0, bytes.length);
  }

  private BoxReader(byte[] bytes, long base, int position, int end) {
    this.bytes = bytes;
    this.base = base;
    this.position = position;
    this.end = end;
  }

  /** Offset of the next byte from the start of the file. */
  public long offset() {
    return base + position;
  }

  public int remaining() {
    return end - position;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  public int u8() {
    require(1);
    return bytes[position++] & 0xff;
  }

  public int u16() {
    require(2);
    int value = ((bytes[position] & 0xff) << 8) | (bytes[position + 1] & 0xff);
    position += 2;
    return value;
  }

  public int u24() {
    return (u8() << 16) | u16();
  }

  public long u32() {
    return i32() & 0xffffffffL;
  }

  public int i32() {
    require(4);
    int value =
        ((bytes[position] & 0xff) << 24)
            | ((bytes[position + 1] & 0xff) << 16)
            | ((bytes[position + 2] & 0xff) << 8)
            | (bytes[position + 3] & 0xff);
    position += 4;
    return value;
  }

  public long i64() {
    return (u32() << 32) | u32();
  }

  /**
   * Reads an unsigned 64-bit value.
   *
   * @throws MalformedBoxException if it is 2^63 or more: no size, time or offset may be
   */
  public long u64(String what) {
    long at = offset();
    long value = i64();
    if (value < 0) {
      throw new MalformedBoxException(
          at, what + " " + Long.toUnsignedString(value) + " is out of range");
    }
    return value;
  }

  /** A copy of the next {@code length} bytes. */
  public byte[] bytes(int length, String what) {
    if (length < 0 || length > remaining()) {
      throw malformed(
          "%s of %d bytes does not fit in %d bytes".formatted(what, length, remaining()));
    }
    byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return copy;
  }

  public void skip(int length) {
    require(length);
    position += length;
  }

  /**
   * Reads a 32-bit element count and refuses it unless that many elements fit in what is left.
   *
   * @param elementSize size of one element in bytes, at least 1
   * @return a count that is safe to allocate for
   */
  public int count(int elementSize, String what) {
    long count = u32();
    if (count > remaining() / elementSize) {
      throw malformed(
          "%d x %s of %d bytes cannot fit in %d bytes"
              .formatted(count, what, elementSize, remaining()));
    }
    return (int) count;
  }

  /** A UTF-8 string up to its NUL, or up to the end where the NUL is missing. */
  public String string() {
    int from = position;
    while (position < end && bytes[position] != 0) {
      position++;
    }
    String text = new String(bytes, from, position - from, StandardCharsets.UTF_8);
    if (position < end) {
      position++;
    }
    return text;
  }

  /**
   * Reads the header of the next box.
   *
   * @return the box, whose body reader is bounded by the box; this reader moves behind it
   * @throws MalformedBoxException if its size is smaller than its header or larger than what is
   *     left
   */
  public Box box() {
    int start = position;
    long size = u32();
    int type = i32();
    if (size == 1) {
      size = u64("size of " + FourCc.name(type));
    } else if (size == 0) {
      size = (long) end - start;
    }
    if (size < position - start || size > end - start) {
      throw new MalformedBoxException(
          base + start,
          "box %s says %d bytes where %d are left".formatted(FourCc.name(type), size, end - start));
    }
    int boxEnd = start + (int) size;
    Box box =
        new Box(type, base + start, new BoxReader(bytes, base, position, boxEnd), start, boxEnd);
    position = boxEnd;
    return box;
  }

  /** A malformed-box error at the current offset. */
  public MalformedBoxException malformed(String what) {
    return new MalformedBoxException(offset(), what);
  }

  private void require(int length) {
    if (length < 0 || length > end - position) {
      throw malformed("%d bytes wanted, %d left".formatted(length, end - position));
    }
  }

  /**
   * One box of a parent.
   *
   * @param type its four-character code
   * @param offset of its header from the start of the file
   * @param body reads what follows the header
   */
  public record Box(int type, long offset, BoxReader body, int start, int end) {

    /** The whole box with its header. */
    public byte[] toBytes() {
      return Arrays.copyOfRange(body.bytes, start, end);
    }

    public String name() {
      return FourCc.name(type);
    }
  }
}
