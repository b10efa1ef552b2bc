package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;

/**
 * Reads sample entries of DTS, DTS-HD, DTS Express and DTS:X. CODECS are the four-character codes.
 *
 * @see "ETSI TS 102 114, E.2.2.3 DTSSpecificBox"
 * @see "ETSI TS 103 491, B.2 DTSUHDSpecificBox"
 */
final class DtsAudio {
  /** Bits of ChannelLayout that stand for two speakers; the others stand for one. */
  private static final int PAIRS = 0xae66;

  private DtsAudio() {}

  static AudioConfig read(SampleEntry entry) {
    BitReader in = BitReader.plain("ddts", SampleEntryBoxes.required(entry, "ddts"));
    int sampleRate = SampleEntryBoxes.rate(in, in.bits(32));
    in.skip(32 + 32 + 8); // maxBitrate, avgBitrate, pcmSampleDepth
    in.skip(2 + 5 + 1 + 6 + 14); // FrameDuration, StreamConstruction, and what the core holds
    in.skip(1 + 3); // StereoDownmix, RepresentationType
    int layout = in.bits(16);
    int channels = Integer.bitCount(layout) + Integer.bitCount(layout & PAIRS);
    return new AudioConfig(entry.format(), channels, sampleRate);
  }

  static AudioConfig readUhd(SampleEntry entry) {
    BitReader in = BitReader.plain("udts", SampleEntryBoxes.required(entry, "udts"));
    in.skip(6 + 2 + 3 + 5); // profile, frame duration, maximum payload, presentations
    int channels = Integer.bitCount(in.bits(32)); // ChannelMask: one bit a speaker
    int sampleRate = in.flag() ? 48000 : 44100;
    return new AudioConfig(entry.format(), channels, sampleRate << in.bits(2));
  }
}
