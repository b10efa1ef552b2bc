package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;

/**
 * Reads a VVC sample entry.
 *
 * <p>Slice headers are not parsed: instead the first {@value #CLEAR_BYTES} bytes of a slice's NAL
 * unit stay clear, which holds the headers that encoders write (a picture header, reference lists,
 * entry points of a row each), but not the longest that the syntax allows. A NAL unit that is not
 * longer stays clear as a whole. So schemes that leave players to find the protected bytes by
 * themselves cannot be used.
 *
 * @see "ISO/IEC 14496-15, 11.2.4 VVC decoder configuration record and Annex E; ISO/IEC 23001-7,
 *     9.5.2 Structure of NAL video tracks"
 */
final class VvcCodec {
  static final int CLEAR_BYTES = 256;

  private static final int LAST_SLICE_TYPE = 11;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private VvcCodec() {}

  /** A VVC track's NAL units; nothing of one is needed for another. */
  private record Nal(int lengthSize) implements NalCodec {
    @Override
    public SliceHeaderParser newParser() {
      return VvcCodec::clearBytes;
    }

    @Override
    public boolean needsWholeSegment() {
      return false;
    }

    @Override
    public boolean measuresHeaders() {
      return false;
    }
  }

  static TrackCodec read(SampleEntry entry) {
    BitReader in = BitReader.plain("vvcC", SampleEntryBoxes.required(entry, "vvcC"));
    in.skip(32 + 5); // version, flags, reserved
    int lengthSize = in.bits(2) + 1;
    if (lengthSize == 3) {
      throw in.malformed("NAL unit lengths have 3 bytes, where 1, 2 and 4 are allowed");
    }
    if (!in.flag()) { // ptl_present_flag
      throw in.unsupported("no profile, tier and level");
    }
    in.skip(9 + 3 + 2 + 2 + 3 + 5); // ols_idx, sublayers, frame rate, chroma, bit depth, reserved
    in.skip(2);
    int constraintBytes = in.bits(6);
    int profile = in.bits(7);
    String tier = in.flag() ? "H" : "L";
    int level = in.bits(8);
    String constraints = base32(in.bytes(constraintBytes));
    Colour colour = Colour.of(entry, Colour.UNSPECIFIED);
    return new TrackCodec(
        "%s.%d.%s%d.C%s".formatted(entry.format(), profile, tier, level, constraints),
        entry.width(),
        entry.height(),
        colour.range(),
        colour.wcg(),
        0,
        0,
        new Nal(lengthSize));
  }

  /**
   * @see "ITU-T H.266, 7.3.1.2 NAL unit header syntax and table 5"
   */
  private static int clearBytes(byte[] data, int offset, int length) {
    boolean slice = length > 2 && (data[offset + 1] & 0xff) >> 3 <= LAST_SLICE_TYPE;
    return slice && length > CLEAR_BYTES ? CLEAR_BYTES : SliceHeaderParser.ALL_CLEAR;
  }

  /** RFC 4648 without padding; zero bytes at the end are left out, but not the first character. */
  private static String base32(byte[] bytes) {
    int used = bytes.length;
    while (used > 0 && bytes[used - 1] == 0) {
      used--;
    }
    if (used == 0) {
      return "A";
    }
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < used * 8; bit += 5) {
      int value = 0;
      for (int i = bit; i < bit + 5; i++) {
        int one = i < used * 8 ? bytes[i / 8] >> (7 - i % 8) & 1 : 0;
        value = value << 1 | one;
      }
      text.append(BASE32.charAt(value));
    }
    return text.toString();
  }
}
