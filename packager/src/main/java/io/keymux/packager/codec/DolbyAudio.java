package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads AC-3 and E-AC-3 sample entries.
 *
 * @see "ETSI TS 102 366, F.4 AC3SpecificBox, F.6 EC3SpecificBox"
 */
final class DolbyAudio {
  private static final int[] SAMPLE_RATES = {48000, 44100, 32000, 0};
  private static final int[] CHANNELS = {2, 1, 2, 3, 3, 4, 4, 5};

  /** Bits of chan_loc (table F.6.1) that stand for two speakers: Lc/Rc, Lrs/Rrs, Lsd, Lw, Lvh. */
  private static final int PAIRS = 0b001110011;

  private DolbyAudio() {}

  static AudioConfig readAc3(SampleEntry entry) {
    BitReader in = BitReader.plain("dac3", SampleEntryBoxes.required(entry, "dac3"));
    int sampleRate = SAMPLE_RATES[in.bits(2)];
    in.skip(5 + 3); // bsid, bsmod
    return new AudioConfig("ac-3", readChannels(in), sampleRate);
  }

  /**
   * Channels are those of the first independent substream, the main programme, and of its dependent
   * ones. Further independent substreams are other programmes, not more speakers.
   */
  static AudioConfig readEac3(SampleEntry entry) {
    BitReader in = BitReader.plain("dec3", SampleEntryBoxes.required(entry, "dec3"));
    in.skip(13); // data_rate
    int programmes = in.bits(3) + 1;
    int sampleRate = SAMPLE_RATES[in.bits(2)];
    int channels = readSubstream(in);
    for (int i = 1; i < programmes; i++) {
      in.skip(2); // fscod
      readSubstream(in);
    }
    return new AudioConfig("ec-3", channels, sampleRate, null, readObjects(in));
  }

  /**
   * Reads an independent substream behind its sample rate.
   *
   * @return channels of it and its dependent ones
   */
  private static int readSubstream(BitReader in) {
    in.skip(5 + 1 + 1 + 3); // bsid, reserved, asvc, bsmod
    int channels = readChannels(in);
    in.skip(3);
    if (in.bits(4) > 0) {
      int locations = in.bits(9);
      return channels + Integer.bitCount(locations) + Integer.bitCount(locations & PAIRS);
    }
    in.skip(1);
    return channels;
  }

  /**
   * @see "ETSI TS 102 366, F.6.2 and H: flag_ec3_extension_type_a, complexity_index_type_a"
   */
  private static @Nullable SpatialAudio readObjects(BitReader in) {
    if (in.remaining() < 16) {
      return null;
    }
    in.skip(7);
    return in.flag() ? new SpatialAudio(SpatialAudio.Kind.JOC, in.bits(8)) : null;
  }

  private static int readChannels(BitReader in) {
    int channels = CHANNELS[in.bits(3)];
    return channels + in.bits(1);
  }
}
