package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes small movies, one box of which can be replaced. The plain one has one video track with six
 * samples of 10, 11, .. 15 bytes in three chunks, the first of them at byte {@link #DATA}.
 */
final class TestMovie {
  static final int DATA = 24;
  static final int SAMPLES = 6;
  static final int MEDIA_BYTES = 75;
  static final List<String> TABLES =
      List.of("stsd", "stts", "ctts", "stss", "stsc", "stsz", "stz2", "stco", "co64");
  private static final List<String> OF_ENCRYPTION =
      List.of("senc", "saiz", "saio", "sgpd", "sbgp", "csgp");

  private final Map<String, byte[]> boxes = new LinkedHashMap<>();

  TestMovie() {
    with(full("mvhd", 0, u32(0, 0, 1000, 0), new byte[80]));
    with(tkhd(1, 320, 180));
    with(full("mdhd", 0, u32(0, 0, 12800, 0), u16(0x55c4, 0)));
    with(handler("vide"));
    with(full("stsd", 0, u32(1), visualEntry("avc1", box("avcC", u32(1)))));
    with(full("stts", 0, u32(1, 6, 512)));
    with(full("stsc", 0, u32(1, 1, 2, 1)));
    with(full("stsz", 0, u32(0, 6, 10, 11, 12, 13, 14, 15)));
    with(full("stco", 0, u32(3, DATA, DATA + 21, DATA + 46)));
  }

  /** Adds or replaces a box of the movie or its track by its type. */
  TestMovie with(byte[] box) {
    boxes.put(new String(box, 4, 4, StandardCharsets.ISO_8859_1), box);
    return this;
  }

  TestMovie without(String type) {
    boxes.remove(type);
    return this;
  }

  byte[] moov() {
    byte[] stbl =
        box(
            "stbl",
            Stream.concat(TABLES.stream(), OF_ENCRYPTION.stream())
                .map(this::get)
                .toArray(byte[][]::new));
    byte[] mdia =
        box("mdia", get("mdhd"), get("hdlr"), get("elng"), box("minf", get("dinf"), stbl));
    return box(
        "moov",
        get("mvhd"),
        box("trak", get("tkhd"), get("edts"), get("tref"), mdia),
        get("trak"),
        get("mvex"));
  }

  /** {@code ftyp}, {@code mdat}, {@code moov}. */
  byte[] toBytes() {
    return join(ftyp(), box("mdat", new byte[MEDIA_BYTES]), moov());
  }

  Movie read() {
    return MovieReader.read(MemorySource.of(toBytes()));
  }

  /** The first track, as read. */
  MediaTrack track() {
    return read().tracks().get(0);
  }

  private byte[] get(String type) {
    return boxes.getOrDefault(type, new byte[0]);
  }

  static byte[] ftyp() {
    return box("ftyp", "isom".getBytes(StandardCharsets.ISO_8859_1), u32(0));
  }

  static byte[] tkhd(int trackId, int width, int height) {
    return full(
        "tkhd",
        0,
        u32(0, 0, trackId, 0, 0),
        new byte[52],
        u32((long) width << 16, (long) height << 16));
  }

  static byte[] handler(String type) {
    return full("hdlr", 0, u32(0, FourCc.of(type)), new byte[13]);
  }

  static byte[] visualEntry(String format, byte[]... children) {
    return box(
        format, new byte[6], u16(1), new byte[16], u16(320, 180), new byte[50], join(children));
  }

  static byte[] soundEntry(String format, int version, byte[] extension, byte[]... children) {
    return box(
        format,
        new byte[6],
        u16(1, version, 0, 0, 0, 2, 16, 0, 0),
        u32(48000L << 16),
        extension,
        join(children));
  }

  static byte[] box(String type, byte[]... parts) {
    BoxWriter out = new BoxWriter();
    return out.box(FourCc.of(type), () -> out.bytes(join(parts))).toByteArray();
  }

  static byte[] full(String type, int version, byte[]... parts) {
    return flagged(type, version, 0, parts);
  }

  static byte[] flagged(String type, int version, int flags, byte[]... parts) {
    return box(type, u32(((long) version << 24) | flags), join(parts));
  }

  static byte[] u16(int... values) {
    BoxWriter out = new BoxWriter();
    for (int value : values) {
      out.u16(value);
    }
    return out.toByteArray();
  }

  static byte[] u32(long... values) {
    BoxWriter out = new BoxWriter();
    for (long value : values) {
      out.u32(value);
    }
    return out.toByteArray();
  }

  static byte[] u64(long... values) {
    BoxWriter out = new BoxWriter();
    for (long value : values) {
      out.u64(value);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    BoxWriter out = new BoxWriter();
    for (byte[] part : parts) {
      out.bytes(part);
    }
    return out.toByteArray();
  }
}
