package io.keymux.packager.codec;

/**
 * The start of the configuration of USAC, of which xHE-AAC is a profile.
 *
 * @param channels of the output
 * @param sampleRate of the output in Hz
 * @see "ISO/IEC 23003-3, 5.2 UsacConfig and table 67"
 */
record UsacConfig(int channels, int sampleRate) {
  private static final int[] SAMPLE_RATES = {
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350, 0, 0,
    57600, 51200, 40000, 38400, 34150, 28800, 25600, 20000, 19200, 17075, 14400, 12800, 9600, 0, 0,
    0
  };

  // By channelConfigurationIndex; for 0 the number is written.
  private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 2, 3, 4, 7, 8, 24};

  static UsacConfig read(BitReader in) {
    int rateIndex = in.bits(5);
    int sampleRate = rateIndex == 31 ? in.bits(24) : SAMPLE_RATES[rateIndex];
    if (sampleRate == 0) {
      throw in.malformed("usacSamplingFrequencyIndex " + rateIndex + " is reserved");
    }
    in.skip(3); // coreSbrFrameLengthIndex
    int configuration = in.bits(5);
    if (configuration >= CHANNELS.length) {
      throw in.malformed("channelConfigurationIndex " + configuration + " is reserved");
    }
    return new UsacConfig(
        configuration == 0 ? readChannels(in) : CHANNELS[configuration], sampleRate);
  }

  /** An escaped value of 5, 8 and 16 bits. */
  private static int readChannels(BitReader in) {
    int channels = in.bits(5);
    if (channels == 31) {
      int more = in.bits(8);
      channels += more == 255 ? more + in.bits(16) : more;
    }
    return channels;
  }
}
