package io.keymux.packager.codec;

import io.keymux.packager.codec.SpatialAudio.Kind;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads an AC-4 sample entry. Frames are protected behind their table of contents.
 *
 * @see "ETSI TS 103 190-2, E.5 AC4SpecificBox, E.6 ac4_dsi_v1 and E.13 MIME parameters"
 */
final class Ac4Codec {
  /** Speaker groups of a channel mask (table A.27) that are two speakers; the others are one. */
  private static final int PAIRS = 0x721bd;

  private static final int OBJECTS_ONLY_IN_EMDF = 6;
  private static final int FIRST_IMMERSIVE_MODE = 11;

  private Ac4Codec() {}

  /** An AC-4 track's frames: each can be parsed by itself. */
  private record Frames() implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return new Ac4SampleParser();
    }

    @Override
    public boolean needsWholeSegment() {
      return false;
    }
  }

  /** What is used of a presentation; no channels if it is made of objects. */
  private record Presentation(int version, int compatibility, int channels, boolean immersive) {
    @Nullable SpatialAudio spatial() {
      if (version == 2) {
        return new SpatialAudio(Kind.IMSA, 2);
      }
      return immersive ? new SpatialAudio(Kind.IMSA, channels) : null;
    }
  }

  static AudioConfig read(SampleEntry entry) {
    BitReader in = BitReader.plain("dac4", SampleEntryBoxes.required(entry, "dac4"));
    int version = in.bits(3);
    int bitstreamVersion = in.bits(7);
    if (version != 1 || bitstreamVersion < 2) {
      throw in.unsupported(
          "ac4_dsi_version %d with bitstream_version %d, which were withdrawn"
              .formatted(version, bitstreamVersion));
    }
    int sampleRate = in.flag() ? 48000 : 44100;
    in.skip(4); // frame_rate_index
    int presentations = in.bits(9);
    if (presentations == 0) {
      throw in.unsupported("no presentation");
    }
    if (in.flag()) { // b_program_id
      in.skip(16);
      in.skip(in.flag() ? 128 : 0); // program_uuid
    }
    in.skip(2 + 32 + 32); // ac4_bitrate_dsi
    in.skipToByte();
    Presentation first = readPresentation(in);
    int compatibility = first.compatibility;
    for (int i = 1; i < presentations; i++) {
      compatibility = Math.min(compatibility, readPresentation(in).compatibility);
    }
    return new AudioConfig(
        String.format(
            Locale.ROOT, "ac-4.%02x.%02x.%02x", bitstreamVersion, first.version, compatibility),
        first.channels,
        sampleRate,
        new Frames(),
        first.spatial());
  }

  private static Presentation readPresentation(BitReader outer) {
    int version = outer.bits(8);
    int length = outer.bits(8);
    if (length == 255) {
      length += outer.bits(16);
    }
    BitReader in = BitReader.plain("dac4", outer.bytes(length));
    if (in.bits(5) == OBJECTS_ONLY_IN_EMDF) {
      return new Presentation(version, 0, 0, false);
    }
    int compatibility = in.bits(3);
    if (version != 1 && version != 2) {
      return new Presentation(version, compatibility, 0, false);
    }
    in.skip(in.flag() ? 5 : 0); // presentation_id
    in.skip(2 + 2 + 5 + 10); // frame rates, presentation_emdf_version, presentation_key_id
    if (!in.flag()) { // b_presentation_channel_coded
      return new Presentation(version, compatibility, 0, false);
    }
    int mode = in.bits(5);
    in.skip(mode >= FIRST_IMMERSIVE_MODE && mode <= 14 ? 3 : 0); // back and top channels
    int mask = in.bits(24);
    int channels = Integer.bitCount(mask) + Integer.bitCount(mask & PAIRS);
    boolean immersive = mode >= FIRST_IMMERSIVE_MODE && mode <= 15;
    return new Presentation(version, compatibility, channels, immersive);
  }
}
