package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import java.io.ByteArrayOutputStream;

/**
 * Appends protobuf fields, with the shortest varints.
 *
 * @see "Protocol Buffers, Encoding"
 */
final class ProtoWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void varint(int number, long value) {
    tag(number, ProtoReader.VARINT);
    raw(value);
  }

  void bytes(int number, Bytes value) {
    tag(number, ProtoReader.LENGTH_DELIMITED);
    raw(value.size());
    out.writeBytes(value.toArray());
  }

  /** A field of any wire type, as {@link ProtoReader.Field#value} holds it. */
  void field(int number, int wireType, Bytes value) {
    if (wireType == ProtoReader.LENGTH_DELIMITED) {
      bytes(number, value);
    } else {
      tag(number, wireType);
      out.writeBytes(value.toArray());
    }
  }

  Bytes toBytes() {
    return Bytes.copyOf(out.toByteArray());
  }

  private void tag(int number, int wireType) {
    raw(((long) number << 3) | wireType);
  }

  private void raw(long value) {
    long left = value;
    while (left >>> 7 != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
