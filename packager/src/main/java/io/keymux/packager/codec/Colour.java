package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;

/**
 * Colour description of a video, as code points.
 *
 * @param primaries 9 is BT.2020, 2 is unspecified
 * @param transfer 16 is PQ, 18 is HLG, 2 is unspecified
 * @see "ISO/IEC 23091-2, 8.1 and 8.2"
 */
record Colour(int primaries, int transfer) {
  static final Colour UNSPECIFIED = new Colour(2, 2);

  VideoRange range() {
    return switch (transfer) {
      case 16 -> VideoRange.PQ;
      case 18 -> VideoRange.HLG;
      default -> VideoRange.SDR;
    };
  }

  boolean wcg() {
    return primaries == 9;
  }

  /**
   * The colour of a sample entry: its {@code colr} box goes before the stream, except for what the
   * box leaves unspecified.
   *
   * @see "ISO/IEC 14496-12, 12.1.5 Colour information"
   */
  static Colour of(SampleEntry entry, Colour ofStream) {
    byte[] colr = entry.child("colr").map(Bytes::toArray).orElse(new byte[0]);
    if (colr.length < 8 || colr[0] != 'n' || colr[1] != 'c' || colr[2] != 'l') {
      return ofStream;
    }
    int primaries = ((colr[4] & 0xff) << 8) | (colr[5] & 0xff);
    int transfer = ((colr[6] & 0xff) << 8) | (colr[7] & 0xff);
    return new Colour(
        primaries == 2 ? ofStream.primaries : primaries,
        transfer == 2 ? ofStream.transfer : transfer);
  }

  /**
   * Reads the video usability information up to and with the colour description; both codecs have
   * the same syntax so far.
   *
   * @see "ITU-T H.264, E.1.1; ITU-T H.265, E.2.1 VUI parameters syntax"
   */
  static Colour readVuiHead(BitReader in) {
    if (in.flag() && in.bits(8) == 255) {
      in.skip(32); // sar_width, sar_height
    }
    if (in.flag()) {
      in.skip(1); // overscan_appropriate_flag
    }
    if (!in.flag()) {
      return UNSPECIFIED;
    }
    in.skip(4); // video_format, video_full_range_flag
    if (!in.flag()) {
      return UNSPECIFIED;
    }
    Colour colour = new Colour(in.bits(8), in.bits(8));
    in.skip(8); // matrix_coeffs
    return colour;
  }
}
