package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an AV1 sample entry.
 *
 * @see "AV1 Codec ISO Media File Format Binding, AV1 Codec Configuration Box, Codecs Parameter
 *     String"
 */
final class Av1Codec {
  private static final int CONFIG_BYTES = 4;

  /** What the CODECS string leaves out when all of it is so. */
  private static final String DEFAULTS = ".0.110.01.01.01.0";

  private static final SampleRanges NOWHERE =
      new SampleRanges() {
        @Override
        public void clear(int bytes) {}

        @Override
        public void protectable(int bytes) {}
      };

  /** An AV1 track's tiles. */
  private record Tiles(@Nullable Av1SequenceHeader initial) implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return new Av1SampleParser(BitReader.FRAME, initial);
    }

    /** A frame header depends on the frames before it. */
    @Override
    public boolean needsWholeSegment() {
      return true;
    }
  }

  /** Code points of a colour, as in {@code colr}. */
  private record CodePoints(int primaries, int transfer, int matrix, boolean fullRange) {
    static final CodePoints DEFAULT = new CodePoints(1, 1, 1, false);
  }

  private Av1Codec() {}

  static TrackCodec read(SampleEntry entry) {
    byte[] config = SampleEntryBoxes.required(entry, "av1C");
    BitReader in = BitReader.plain("av1C", config);
    int version = in.bits(8);
    if (version != 0x81) {
      throw in.malformed("its version byte is " + version + " where 129 is known");
    }
    int profile = in.bits(3);
    int level = in.bits(5);
    int tier = in.bits(1);
    boolean high = in.flag();
    boolean twelve = in.flag();
    int depth = twelve ? 12 : high ? 10 : 8;
    boolean monochrome = in.flag();
    int subsampling = in.bits(4); // x, y, position in two bits
    in.skip(8); // initial_presentation_delay
    Av1SequenceHeader sequence = readSequence(config);
    String codecs =
        "av01."
            + profile
            + twoDigits(level)
            + (tier == 0 ? "M" : "H")
            + twoDigits(depth)
            + optional(monochrome, subsampling, codePoints(entry, sequence));
    Colour colour =
        Colour.of(
            entry,
            sequence == null
                ? Colour.UNSPECIFIED
                : new Colour(sequence.color.primaries(), sequence.color.transfer()));
    return new TrackCodec(
        codecs,
        sequence == null ? entry.width() : sequence.maxWidth,
        sequence == null ? entry.height() : sequence.maxHeight,
        colour.range(),
        colour.wcg(),
        0,
        0,
        new Tiles(sequence));
  }

  /** The sequence header among the OBUs of the configuration, or null. */
  private static @Nullable Av1SequenceHeader readSequence(byte[] config) {
    Av1SampleParser parser = new Av1SampleParser(BitReader.CONFIG, null);
    byte[] obus = Arrays.copyOfRange(config, CONFIG_BYTES, config.length);
    parser.parse(obus, 0, obus.length, NOWHERE);
    return parser.sequence();
  }

  private static String optional(boolean monochrome, int subsampling, CodePoints colour) {
    int x = subsampling >> 3;
    int y = (subsampling >> 2) & 1;
    int position = x == 1 && y == 1 ? subsampling & 3 : 0;
    String text =
        (monochrome ? ".1." : ".0.")
            + x
            + y
            + position
            + twoDigits(colour.primaries)
            + twoDigits(colour.transfer)
            + twoDigits(colour.matrix)
            + (colour.fullRange ? ".1" : ".0");
    return text.equals(DEFAULTS) ? "" : text;
  }

  /** The {@code colr} box goes before the stream; without a description, BT.709 is assumed. */
  private static CodePoints codePoints(SampleEntry entry, @Nullable Av1SequenceHeader sequence) {
    byte[] colr = entry.child("colr").map(Bytes::toArray).orElse(new byte[0]);
    if (colr.length >= 11 && colr[0] == 'n' && colr[1] == 'c' && colr[2] == 'l' && colr[3] == 'x') {
      return new CodePoints(u16(colr, 4), u16(colr, 6), u16(colr, 8), (colr[10] & 0x80) != 0);
    }
    if (sequence == null) {
      return CodePoints.DEFAULT;
    }
    Av1Color color = sequence.color;
    return color.described()
        ? new CodePoints(color.primaries(), color.transfer(), color.matrix(), color.fullRange())
        : new CodePoints(1, 1, 1, color.fullRange());
  }

  private static String twoDigits(int value) {
    return (value < 10 ? ".0" : ".") + value;
  }

  private static int u16(byte[] data, int at) {
    return ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff);
  }
}
