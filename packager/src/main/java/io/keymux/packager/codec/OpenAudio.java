package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;

/**
 * Reads Opus, FLAC and ALAC sample entries.
 *
 * <p>CODECS are in lower case although the four-character codes are not: every browser knows {@code
 * opus} and {@code flac}, and some accept {@code fLaC} and then fail to play it.
 *
 * @see "Encapsulation of Opus in ISO Base Media File Format, 4.3.2"
 * @see "Encapsulation of FLAC in ISO Base Media File Format, 3.3.2; RFC 9639, 8.2 Streaminfo"
 * @see "Apple Lossless Format, Magic Cookie: ALACSpecificConfig"
 */
final class OpenAudio {
  /** Opus decodes to this rate whatever it was encoded from. */
  private static final int OPUS_RATE = 48000;

  private OpenAudio() {}

  static AudioConfig readOpus(SampleEntry entry) {
    BitReader in = BitReader.plain("dOps", SampleEntryBoxes.required(entry, "dOps"));
    in.skip(8); // Version
    return new AudioConfig("opus", in.bits(8), OPUS_RATE);
  }

  static AudioConfig readFlac(SampleEntry entry) {
    BitReader in = BitReader.plain("dfLa", SampleEntryBoxes.required(entry, "dfLa"));
    in.skip(32 + 1); // version and flags, last-metadata-block flag
    int block = in.bits(7);
    if (block != 0) {
      throw in.malformed("the first metadata block has type " + block + ", not STREAMINFO");
    }
    in.skip(24 + 16 + 16 + 24 + 24); // length, block sizes, frame sizes
    int sampleRate = in.bits(20);
    return new AudioConfig("flac", in.bits(3) + 1, sampleRate);
  }

  static AudioConfig readAlac(SampleEntry entry) {
    BitReader in = BitReader.plain("alac", SampleEntryBoxes.required(entry, "alac"));
    in.skip(32 + 32 + 8); // version and flags, frameLength, compatibleVersion
    in.skip(8 + 8 + 8 + 8); // bitDepth, pb, mb, kb
    int channels = in.bits(8);
    in.skip(16 + 32 + 32); // maxRun, maxFrameBytes, avgBitRate
    return new AudioConfig("alac", channels, SampleEntryBoxes.rate(in, in.bits(32)));
  }
}
