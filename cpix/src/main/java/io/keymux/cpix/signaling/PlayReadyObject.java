package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.box.PsshBox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The PlayReady object: the data of a PlayReady {@code pssh} and the text of {@code mspr:pro}. All
 * integers are little-endian.
 *
 * <pre>
 * length 4, of all | record count 2 | n x { type 2 | length 2 | value }
 * </pre>
 *
 * @see "Microsoft PlayReady Header Specification, PlayReady Header Object"
 */
public record PlayReadyObject(List<Entry> records) {
  /** A record that holds a WRMHEADER in UTF-16LE without byte order mark. */
  public static final int HEADER = 1;

  /** A record that holds an embedded licence store. */
  public static final int LICENSE_STORE = 3;

  /** Objects must be smaller than this. */
  static final int SIZE_LIMIT = 15 * 1024;

  private static final int PREFIX_BYTES = 6;
  private static final int RECORD_PREFIX_BYTES = 4;

  /**
   * @param type {@link #HEADER}, {@link #LICENSE_STORE} or another
   */
  public record Entry(int type, Bytes value) {}

  public PlayReadyObject {
    records = List.copyOf(records);
  }

  static PlayReadyObject of(PlayReadyHeader header) {
    byte[] utf16 = header.toXml().getBytes(StandardCharsets.UTF_16LE);
    return new PlayReadyObject(List.of(new Entry(HEADER, Bytes.copyOf(utf16))));
  }

  /**
   * The WRMHEADER of the first header record, or nothing if there is none.
   *
   * @throws MalformedSignalingException with code {@code malformed-playready-header} if it cannot
   *     be read
   */
  public Optional<PlayReadyHeader> header() {
    return records.stream()
        .filter(entry -> entry.type() == HEADER)
        .findFirst()
        .map(entry -> PlayReadyHeader.parse(text(entry.value())));
  }

  /**
   * @throws SignalingException with code {@code playready-object-too-large} at 15 KiB and above
   */
  public Bytes toBytes() {
    int size = PREFIX_BYTES;
    for (Entry entry : records) {
      size += RECORD_PREFIX_BYTES + entry.value().size();
    }
    if (size >= SIZE_LIMIT) {
      throw SignalingException.playReadyTooLarge(size, SIZE_LIMIT);
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(size).putShort((short) records.size());
    for (Entry entry : records) {
      out.putShort((short) entry.type()).putShort((short) entry.value().size());
      out.put(entry.value().toArray());
    }
    return Bytes.copyOf(out.array());
  }

  /** The {@code pssh} box around it, version 0. */
  PsshBox toPssh() {
    return new PsshBox(0, DrmSystem.PLAYREADY.systemId(), List.of(), toBytes());
  }

  /**
   * Parses exactly one object. The header inside is not looked at.
   *
   * @throws MalformedSignalingException with code {@code malformed-playready-object} if a length
   *     does not agree with the bytes that are there
   */
  public static PlayReadyObject parse(byte[] object) {
    ByteBuffer in = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
    require(in, PREFIX_BYTES, "length and record count");
    long size = in.getInt() & 0xffffffffL;
    if (size != object.length) {
      throw MalformedSignalingException.playReadyObject(
          0, "it says %d bytes, got %d".formatted(size, object.length));
    }
    int count = in.getShort() & 0xffff;
    List<Entry> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      require(in, RECORD_PREFIX_BYTES, "prefix of record " + (i + 1) + " of " + count);
      int type = in.getShort() & 0xffff;
      int length = in.getShort() & 0xffff;
      require(in, length, "record " + (i + 1) + " of " + count);
      byte[] value = new byte[length];
      in.get(value);
      records.add(new Entry(type, Bytes.copyOf(value)));
    }
    if (in.hasRemaining()) {
      throw MalformedSignalingException.playReadyObject(
          in.position(), in.remaining() + " bytes after the last record");
    }
    return new PlayReadyObject(records);
  }

  private static void require(ByteBuffer in, int size, String what) {
    if (in.remaining() < size) {
      throw MalformedSignalingException.playReadyObject(
          in.position(),
          "%s of %d bytes does not fit in %d bytes".formatted(what, size, in.remaining()));
    }
  }

  static String text(Bytes utf16) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_16LE.newDecoder().decode(ByteBuffer.wrap(utf16.toArray()));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw MalformedSignalingException.playReadyHeader("it is not UTF-16LE", e);
    }
  }
}
