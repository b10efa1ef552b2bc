package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;

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
    in.skip(13 + 3); // data_rate, num_ind_sub
    int sampleRate = SAMPLE_RATES[in.bits(2)];
    in.skip(5 + 1 + 1 + 3); // bsid, reserved, asvc, bsmod
    int channels = readChannels(in);
    in.skip(3);
    if (in.bits(4) > 0) {
      int locations = in.bits(9);
      channels += Integer.bitCount(locations) + Integer.bitCount(locations & PAIRS);
    }
    return new AudioConfig("ec-3", channels, sampleRate);
  }

  private static int readChannels(BitReader in) {
    int channels = CHANNELS[in.bits(3)];
    return channels + in.bits(1);
  }
}
