package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.List;

/** Streams of made-up sample entries. */
final class Streams {
  static final String SPS = "6742c01e";
  static final String PPS = "68ce3c80";

  private Streams() {}

  /** H.264 with lengths of {@code lengthSize} bytes, one SPS and one PPS. */
  static ElementaryStream avc(int lengthSize) {
    String avcC = "0142c01e" + hex(0xfc | (lengthSize - 1)) + "e10004" + SPS + "010004" + PPS;
    return ElementaryStream.of(entry("avc1", "avcC", avcC), Bytes.empty());
  }

  static ElementaryStream hevc() {
    String arrays = "03" + "20000100024001" + "21000100024201" + "22000100024401";
    return ElementaryStream.of(
        entry("hvc1", "hvcC", "01" + "00".repeat(20) + "03" + arrays), Bytes.empty());
  }

  /** AAC with this AudioSpecificConfig. */
  static ElementaryStream aac(String config) {
    return ElementaryStream.of(aacEntry("40", config), Bytes.empty());
  }

  static SampleEntry aacEntry(String objectType, String config) {
    String info = "05" + hex(config.length() / 2) + config;
    String decoder = objectType + "15" + "000000" + "00000000" + "00000000" + info;
    String esds = "00000000" + "03" + hex(5 + decoder.length() / 2) + "000000" + "04";
    return entry("mp4a", "esds", esds + hex(decoder.length() / 2) + decoder);
  }

  static ElementaryStream ac3() {
    return ElementaryStream.of(
        entry("ac-3", "dac3", "101140"), Bytes.ofHex("0b77000000000000000000"));
  }

  static ElementaryStream eac3() {
    return ElementaryStream.of(entry("ec-3", "dec3", "0c00200f00"), Bytes.empty());
  }

  static SampleEntry entry(String format, String child, String payload) {
    return new SampleEntry(
        format,
        Bytes.empty(),
        0,
        List.of(new SampleEntry.Child(child, Bytes.ofHex(payload))),
        0,
        0,
        0,
        0);
  }

  private static String hex(int value) {
    return "%02x".formatted(value);
  }
}
