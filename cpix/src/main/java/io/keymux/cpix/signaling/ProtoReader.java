package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import java.util.Arrays;

/**
 * Reads the fields of one protobuf message. Bounded: no length is believed before it is compared
 * with what is left.
 *
 * @see "Protocol Buffers, Encoding"
 */
final class ProtoReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  private final byte[] bytes;
  private int position;

  ProtoReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * One field as it stands on the wire.
   *
   * @param number 1 to 2^29 - 1
   * @param offset of its tag
   * @param varint its value if {@code wireType} is {@link #VARINT}, else 0
   * @param value its payload: of a varint the varint itself, of a length-delimited field what
   *     follows the length
   */
  record Field(int number, int wireType, int offset, long varint, Bytes value) {
    boolean isVarint() {
      return wireType == VARINT;
    }

    boolean isBytes() {
      return wireType == LENGTH_DELIMITED;
    }

    /**
     * The value of a {@code uint32} field.
     *
     * @throws MalformedSignalingException if it has more than 32 bits
     */
    long uint32(String name) {
      if (varint >>> 32 != 0) {
        throw MalformedSignalingException.widevine(
            offset, name + " " + Long.toUnsignedString(varint) + " exceeds 32 bits");
      }
      return varint;
    }
  }

  boolean hasRemaining() {
    return position < bytes.length;
  }

  /**
   * Reads the next field.
   *
   * @throws MalformedSignalingException if it is truncated, is field 0, a group or of an unknown
   *     wire type, or holds a varint above 64 bits
   */
  Field field() {
    int offset = position;
    long tag = varint();
    long number = tag >>> 3;
    int wireType = (int) (tag & 7);
    if (number == 0 || number >= 1 << 29) {
      throw MalformedSignalingException.widevine(
          offset, "field number " + Long.toUnsignedString(number) + " is out of range");
    }
    int start = position;
    long varint = 0;
    switch (wireType) {
      case VARINT -> varint = varint();
      case FIXED64 -> skip(8, (int) number);
      case FIXED32 -> skip(4, (int) number);
      case LENGTH_DELIMITED -> {
        long length = varint();
        start = position;
        skip(length, (int) number);
      }
      default ->
          throw MalformedSignalingException.widevine(
              offset, "field " + number + " has wire type " + wireType);
    }
    Bytes value = Bytes.copyOf(Arrays.copyOfRange(bytes, start, position));
    return new Field((int) number, wireType, offset, varint, value);
  }

  private void skip(long length, int number) {
    // Unsigned: a length of 2^63 or more must not pass as negative.
    if (Long.compareUnsigned(length, bytes.length - position) > 0) {
      throw MalformedSignalingException.widevine(
          position,
          "field %d of %s bytes does not fit in %d bytes"
              .formatted(number, Long.toUnsignedString(length), bytes.length - position));
    }
    position += (int) length;
  }

  private long varint() {
    int offset = position;
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position == bytes.length) {
        throw MalformedSignalingException.widevine(offset, "varint is truncated");
      }
      int next = bytes[position++];
      if (shift == 63 && (next & 0xfe) != 0) {
        throw MalformedSignalingException.widevine(offset, "varint exceeds 64 bits");
      }
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw MalformedSignalingException.widevine(offset, "varint exceeds 64 bits");
  }
}
