package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.Locale;

/**
 * Reads a VP9 sample entry.
 *
 * @see "VP Codec ISO Media File Format Binding, VP Codec Configuration Box and Codecs Parameter
 *     String"
 */
final class Vp9Codec {

  /** A VP9 track's frames: sizes of frames may come from any frame since the last key frame. */
  private record Frames() implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return new Vp9SampleParser();
    }

    @Override
    public boolean needsWholeSegment() {
      return true;
    }

    @Override
    public boolean wholeBlocksInCbcs() {
      return true;
    }
  }

  private Vp9Codec() {}

  static TrackCodec read(SampleEntry entry) {
    BitReader in = BitReader.plain("vpcC", SampleEntryBoxes.required(entry, "vpcC"));
    int version = in.bits(8);
    if (version != 1) {
      throw in.unsupported("version " + version + " of the box, where 1 is the published one");
    }
    in.skip(24); // flags
    int profile = in.bits(8);
    int level = in.bits(8);
    int bitDepth = in.bits(4);
    if (profile > 3) {
      throw in.malformed("profile " + profile + " where 3 is the highest");
    }
    if (bitDepth != 8 && bitDepth != 10 && bitDepth != 12) {
      throw in.malformed("bit depth " + bitDepth + " where 8, 10 and 12 are allowed");
    }
    int subsampling = in.bits(3);
    int fullRange = in.bits(1);
    Colour ofBox = new Colour(in.bits(8), in.bits(8));
    int matrix = in.bits(8);
    Colour colour = Colour.of(entry, ofBox);
    return new TrackCodec(
        String.format(
            Locale.ROOT,
            "%s.%02d.%02d.%02d.%02d.%02d.%02d.%02d.%02d",
            entry.format(),
            profile,
            level,
            bitDepth,
            subsampling,
            ofBox.primaries(),
            ofBox.transfer(),
            matrix,
            fullRange),
        entry.width(),
        entry.height(),
        colour.range(),
        colour.wcg(),
        0,
        0,
        new Frames());
  }
}
