package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.HexFormat;
import java.util.Set;

/**
 * Reads an H.264 sample entry.
 *
 * @see "ISO/IEC 14496-15, 5.3.3 AVC decoder configuration record; RFC 6381, 3.3"
 */
final class AvcCodec {
  /** Formats whose parameter sets may change inside a segment. */
  private static final Set<String> IN_BAND = Set.of("avc3", "avc4", "dvav");

  /** An H.264 track's NAL units. {@code initial} is only ever copied. */
  private record Nal(int lengthSize, AvcParser initial, boolean needsWholeSegment)
      implements NalCodec {
    @Override
    public SliceHeaderParser newParser() {
      return new AvcParser(initial);
    }
  }

  private AvcCodec() {}

  static TrackCodec read(SampleEntry entry) {
    BitReader in = BitReader.plain("avcC", SampleEntryBoxes.required(entry, "avcC"));
    in.skip(8); // configurationVersion
    int profileAndLevel = in.bits(24);
    int lengthSize = SampleEntryBoxes.lengthSize(in);
    AvcParser parser = new AvcParser(BitReader.CONFIG);
    in.skip(3);
    readSets(in, in.bits(5), parser);
    readSets(in, in.bits(8), parser);
    // What follows for High profiles repeats the parameter sets, and SPS extensions hold alpha.
    AvcSps sps = parser.firstSps();
    Colour colour = Colour.of(entry, sps == null ? Colour.UNSPECIFIED : sps.colour());
    boolean dolbyVision = DolbyVision.isFormat(entry.format());
    return new TrackCodec(
        dolbyVision
            ? DolbyVision.codecs(entry)
            : entry.format() + "." + HexFormat.of().toHexDigits(profileAndLevel, 6),
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

  private static void readSets(BitReader in, int count, AvcParser parser) {
    for (int i = 0; i < count; i++) {
      SampleEntryBoxes.readParameterSet(in, parser);
    }
  }
}
