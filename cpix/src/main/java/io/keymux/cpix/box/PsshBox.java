package io.keymux.cpix.box;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The {@code pssh} box. Version 1 has a KID list, which may be empty; version 0 has none. Parsing
 * and writing is byte-exact, since players compare whole boxes.
 *
 * <pre>
 * size 4 | "pssh" | version 1, flags 3 | SystemID 16 | [KID_count 4 | KID 16 x n] | DataSize 4 | Data
 * </pre>
 *
 * @param version 0 or 1
 * @param systemId the DRM system
 * @param keyIds the KIDs of a version 1 box; empty for version 0
 * @param data opaque bytes of the DRM system, possibly empty
 * @see "ISO/IEC 23001-7, Protection system specific header box"
 */
public record PsshBox(int version, UUID systemId, List<KeyId> keyIds, Bytes data) {
  public static final int TYPE = FourCc.of("pssh");

  public PsshBox {
    keyIds = List.copyOf(keyIds);
    if (version != 1 && !(version == 0 && keyIds.isEmpty())) {
      throw new IllegalArgumentException(
          "pssh version " + version + " with " + keyIds.size() + " KIDs");
    }
  }

  /** The whole box with its header. */
  public byte[] toBytes() {
    BoxWriter out = new BoxWriter(64 + KeyId.SIZE_BYTES * keyIds.size() + data.size());
    out.fullBox(TYPE, version, 0, () -> writeBody(out));
    return out.toByteArray();
  }

  private void writeBody(BoxWriter out) {
    out.bytes(new KeyId(systemId).toBytes());
    if (version == 1) {
      out.u32(keyIds.size());
      keyIds.forEach(keyId -> out.bytes(keyId.toBytes()));
    }
    out.u32(data.size()).bytes(data.toArray());
  }

  /**
   * Parses exactly one {@code pssh} box.
   *
   * @throws MalformedBoxException if it is truncated, has trailing bytes, is not a {@code pssh},
   *     has a version above 1, or flags, of which none is defined
   */
  public static PsshBox parse(byte[] box) {
    return parse(box, 0);
  }

  /**
   * Parses exactly one {@code pssh} box out of a file.
   *
   * @param offset of {@code box[0]} in the file, for error messages
   * @throws MalformedBoxException as {@link #parse(byte[])} does
   */
  public static PsshBox parse(byte[] box, long offset) {
    BoxReader in = new BoxReader(box, offset);
    long size = in.u32();
    if (size != box.length) {
      throw in.malformed("pssh says %d bytes, got %d".formatted(size, box.length));
    }
    int type = in.i32();
    if (type != TYPE) {
      throw in.malformed("box type is " + FourCc.name(type) + ", not pssh");
    }
    int version = in.u8();
    if (version > 1) {
      throw in.malformed("pssh version %d is unknown".formatted(version));
    }
    int flags = in.u24();
    if (flags != 0) {
      throw in.malformed("pssh flags are 0x%06x, none is defined".formatted(flags));
    }
    UUID systemId = KeyId.ofBytes(in.bytes(KeyId.SIZE_BYTES, "SystemID")).uuid();
    List<KeyId> keyIds = new ArrayList<>();
    if (version == 1) {
      for (int left = in.count(KeyId.SIZE_BYTES, "KID"); left > 0; left--) {
        keyIds.add(KeyId.ofBytes(in.bytes(KeyId.SIZE_BYTES, "KID")));
      }
    }
    Bytes data = Bytes.copyOf(in.bytes(in.count(1, "Data"), "Data"));
    if (in.hasRemaining()) {
      throw in.malformed(in.remaining() + " bytes after Data");
    }
    return new PsshBox(version, systemId, keyIds, data);
  }

  /**
   * Parses {@code pssh} boxes that stand one after another, as EME initialization data of type
   * {@code cenc} does.
   *
   * @param boxes any number of boxes, also none
   * @throws MalformedBoxException if one of them is malformed or something else stands between them
   */
  public static List<PsshBox> parseAll(byte[] boxes) {
    BoxReader in = new BoxReader(boxes, 0);
    List<PsshBox> parsed = new ArrayList<>();
    while (in.hasRemaining()) {
      BoxReader.Box box = in.box();
      parsed.add(parse(box.toBytes(), box.offset()));
    }
    return List.copyOf(parsed);
  }
}
