package io.keymux.testvectors.judge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One ISO BMFF box inside a file that is wholly in memory. Field offsets count from the first byte
 * of the body, and a read past the end of the box is an error.
 *
 * @see "ISO/IEC 14496-12, 4.2 Object structure"
 */
final class Box {
  private final byte[] file;
  private final String type;
  private final int start;
  private final int body;
  private final int end;

  private Box(byte[] file, String type, int start, int body, int end) {
    this.file = file;
    this.type = type;
    this.start = start;
    this.body = body;
    this.end = end;
  }

  /** A whole file, as if it were the body of a box. */
  static Box file(byte[] file) {
    return new Box(file, "file", 0, 0, file.length);
  }

  String type() {
    return type;
  }

  /** Offset of the size field in the file. */
  int start() {
    return start;
  }

  /** Offset of the body in the file. */
  int body() {
    return body;
  }

  int bodySize() {
    return end - body;
  }

  /** The boxes that fill the body from {@code offset} on. */
  List<Box> children(int offset) {
    List<Box> children = new ArrayList<>();
    int at = body + offset;
    // A QuickTime sample entry may end in four zero bytes, which are no box.
    while (end - at >= 8) {
      Box child = at(at);
      children.add(child);
      at = child.end;
    }
    return children;
  }

  private Box at(int at) {
    long size = Integer.toUnsignedLong(intAt(at));
    String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
    int header = 8;
    if (size == 1) {
      if (end - at < 16) {
        throw UnreadableMediaException.malformed(at, "box " + name + " has no room for its size");
      }
      size = ((long) intAt(at + 8) << 32) | Integer.toUnsignedLong(intAt(at + 12));
      header = 16;
    } else if (size == 0) {
      size = (long) end - at;
    }
    if (size < header || size > end - at) {
      throw UnreadableMediaException.malformed(
          at, "box " + name + " of " + size + " bytes does not fit into " + (end - at));
    }
    return new Box(file, name, at, at + header, (int) (at + size));
  }

  List<Box> children(String wanted) {
    return children(0).stream().filter(box -> box.type.equals(wanted)).toList();
  }

  /** The first child of each name in turn. */
  Optional<Box> find(String... path) {
    Optional<Box> box = Optional.of(this);
    for (String wanted : path) {
      box = box.flatMap(parent -> parent.children(wanted).stream().findFirst());
    }
    return box;
  }

  Box require(String... path) {
    return find(path)
        .orElseThrow(
            () ->
                UnreadableMediaException.malformed(
                    start, "box " + type + " has no " + String.join("/", path)));
  }

  int u8(int offset) {
    requireRoom(offset, 1);
    return file[body + offset] & 0xff;
  }

  int u16(int offset) {
    return (u8(offset) << 8) | u8(offset + 1);
  }

  long u32(int offset) {
    requireRoom(offset, 4);
    return Integer.toUnsignedLong(intAt(body + offset));
  }

  /** A 32-bit value that must fit into an {@code int}: a count, a size, an offset. */
  int count(int offset) {
    long value = u32(offset);
    if (value > Integer.MAX_VALUE) {
      throw UnreadableMediaException.malformed(
          body + offset, "box " + type + " has the value " + value + ", which cannot be right");
    }
    return (int) value;
  }

  long u64(int offset) {
    return (u32(offset) << 32) | u32(offset + 4);
  }

  /** The version of a full box. */
  int version() {
    return u8(0);
  }

  /** The flags of a full box. */
  int flags() {
    return (u8(1) << 16) | u16(2);
  }

  String fourCc(int offset) {
    requireRoom(offset, 4);
    return new String(file, body + offset, 4, StandardCharsets.ISO_8859_1);
  }

  byte[] bytes(int offset, int size) {
    requireRoom(offset, size);
    return java.util.Arrays.copyOfRange(file, body + offset, body + offset + size);
  }

  /** A malformed-media error at a field of this box. */
  UnreadableMediaException malformed(int offset, String problem) {
    return UnreadableMediaException.malformed(body + offset, "box " + type + ": " + problem);
  }

  private void requireRoom(int offset, int size) {
    if (offset < 0 || size < 0 || size > end - body - offset) {
      throw malformed(offset, "ends before " + size + " bytes were read");
    }
  }

  private int intAt(int at) {
    return ((file[at] & 0xff) << 24)
        | ((file[at + 1] & 0xff) << 16)
        | ((file[at + 2] & 0xff) << 8)
        | (file[at + 3] & 0xff);
  }
}
