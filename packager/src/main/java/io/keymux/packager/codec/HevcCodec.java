package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.Locale;
import java.util.Set;

/**
 * Reads an HEVC sample entry.
 *
 * @see "ISO/IEC 14496-15, 8.3.3 HEVC decoder configuration record, and Annex E, Sub-parameters of
 *     the MIME type codecs parameter"
 */
final class HevcCodec {
  private static final int CONSTRAINT_BYTES = 6;

  /** Formats whose parameter sets may change inside a segment. */
  private static final Set<String> IN_BAND = Set.of("hev1", "dvhe");

  /** An HEVC track's NAL units. {@code initial} is only ever copied. */
  private record Nal(int lengthSize, HevcParser initial, boolean needsWholeSegment)
      implements NalCodec {
    @Override
    public SliceHeaderParser newParser() {
      return new HevcParser(initial);
    }
  }

  private HevcCodec() {}

  static TrackCodec read(SampleEntry entry) {
    BitReader in = BitReader.plain("hvcC", SampleEntryBoxes.required(entry, "hvcC"));
    in.skip(8); // configurationVersion
    String profile = readProfile(in);
    // min_spatial_segmentation, parallelismType, chroma format, bit depths, avgFrameRate
    in.skip(16 + 8 + 8 + 8 + 8 + 16);
    int lengthSize = SampleEntryBoxes.lengthSize(in);
    HevcParser parser = new HevcParser(BitReader.CONFIG);
    for (int arrays = in.bits(8); arrays > 0; arrays--) {
      in.skip(8); // array_completeness, NAL_unit_type: each NAL unit says it again
      for (int count = in.bits(16); count > 0; count--) {
        SampleEntryBoxes.readParameterSet(in, parser);
      }
    }
    HevcSps sps = parser.firstSps();
    Colour colour = Colour.of(entry, sps == null ? Colour.UNSPECIFIED : sps.colour());
    boolean dolbyVision = DolbyVision.isFormat(entry.format());
    return new TrackCodec(
        dolbyVision ? DolbyVision.codecs(entry) : entry.format() + "." + profile,
        sps == null ? entry.width() : sps.width(),
        sps == null ? entry.height() : sps.height(),
        dolbyVision ? DolbyVision.range(colour) : colour.range(),
        colour.wcg(),
        0,
        0,
        new Nal(lengthSize, parser, IN_BAND.contains(entry.format())),
        DolbyVision.supplemental(entry, colour),
        null);
  }

  /** Profile space and number, reversed compatibility flags, tier and level, constraint bytes. */
  private static String readProfile(BitReader in) {
    int space = in.bits(2);
    String tier = in.flag() ? "H" : "L";
    int profile = in.bits(5);
    int compatibility = Integer.reverse(in.bits(32));
    byte[] constraints = in.bytes(CONSTRAINT_BYTES);
    int level = in.bits(8);
    StringBuilder text = new StringBuilder();
    if (space > 0) {
      text.append((char) ('A' + space - 1));
    }
    text.append(profile).append('.').append(hex(compatibility));
    text.append('.').append(tier).append(level);
    int used = CONSTRAINT_BYTES;
    while (used > 0 && constraints[used - 1] == 0) {
      used--;
    }
    for (int i = 0; i < used; i++) {
      text.append('.').append(hex(constraints[i] & 0xff));
    }
    return text.toString();
  }

  private static String hex(int value) {
    return Integer.toHexString(value).toUpperCase(Locale.ROOT);
  }
}
