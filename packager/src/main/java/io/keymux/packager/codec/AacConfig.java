package io.keymux.packager.codec;

/**
 * AudioSpecificConfig of AAC and xHE-AAC. Spectral band replication may be signalled hierarchically
 * (the object type is 5 or 29) or behind the config in a way that old decoders overlook: both
 * count, for both tell a player which decoder it needs.
 *
 * @param objectType with band replication 5, with parametric stereo 29
 * @param channels of the output, or 0 if the config does not say
 * @param sampleRate of the output in Hz
 * @see "ISO/IEC 14496-3, 1.6.2.1 AudioSpecificConfig"
 */
record AacConfig(int objectType, int channels, int sampleRate) {
  private static final int SBR = 5;
  private static final int PARAMETRIC_STEREO = 29;
  private static final int BSAC = 22;
  private static final int USAC = 42;

  private static final int[] SAMPLE_RATES = {
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
  };

  // By channelConfiguration; 0 means that a program config element, or nothing, tells.
  private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};

  AudioConfig toAudio() {
    return new AudioConfig("mp4a.40." + objectType, channels, sampleRate);
  }

  static AacConfig read(BitReader in) {
    int core = readObjectType(in);
    int extended = core;
    int sampleRate = readSampleRate(in);
    int configuration = in.bits(4);
    if (core == SBR || core == PARAMETRIC_STEREO) {
      sampleRate = readSampleRate(in);
      core = readObjectType(in);
      if (core == BSAC) {
        in.skip(4); // extensionChannelConfiguration
      }
    }
    if (core == USAC) {
      UsacConfig usac = UsacConfig.read(in);
      return new AacConfig(USAC, usac.channels(), usac.sampleRate());
    }
    int channels = CHANNELS[configuration];
    if (isGeneralAudio(core)) {
      int ofElement = readGeneralAudio(in, core, configuration);
      channels = configuration == 0 ? ofElement : channels;
      if (extended == core && in.remaining() >= 16 && in.bits(11) == 0x2b7) {
        if (readObjectType(in) == SBR && in.flag()) {
          sampleRate = readSampleRate(in);
          boolean stereo = in.remaining() >= 12 && in.bits(11) == 0x548 && in.flag();
          extended = stereo ? PARAMETRIC_STEREO : SBR;
        }
      }
    }
    if (extended == PARAMETRIC_STEREO) {
      channels = 2; // the one channel of the core makes two
    }
    return new AacConfig(extended, channels, sampleRate);
  }

  private static int readObjectType(BitReader in) {
    int type = in.bits(5);
    return type == 31 ? 32 + in.bits(6) : type;
  }

  private static int readSampleRate(BitReader in) {
    int index = in.bits(4);
    if (index == 15) {
      return in.bits(24);
    }
    if (index >= SAMPLE_RATES.length) {
      throw in.malformed("samplingFrequencyIndex " + index + " is reserved");
    }
    return SAMPLE_RATES[index];
  }

  /** The samplingFrequencyIndex of a rate in Hz, or 15 if none stands for it. */
  static int frequencyIndex(int rate) {
    for (int i = 0; i < SAMPLE_RATES.length; i++) {
      if (SAMPLE_RATES[i] == rate) {
        return i;
      }
    }
    return 15;
  }

  /** Main, LC, SSR, LTP, scalable and TwinVQ: the error-resilient ones have no extension behind. */
  private static boolean isGeneralAudio(int type) {
    return (type >= 1 && type <= 4) || type == 6 || type == 7;
  }

  /**
   * @return channels of the program config element, 0 if there is none
   * @see "ISO/IEC 14496-3, 4.4.1 Decoder configuration (GASpecificConfig)"
   */
  private static int readGeneralAudio(BitReader in, int type, int configuration) {
    in.skip(1); // frameLengthFlag
    in.skip(in.flag() ? 14 : 0); // coreCoderDelay
    boolean extension = in.flag();
    int channels = configuration == 0 ? readProgramConfig(in) : 0;
    in.skip(type == 6 ? 3 : 0); // layerNr
    in.skip(extension ? 1 : 0); // extensionFlag3
    return channels;
  }

  /**
   * @see "ISO/IEC 14496-3, 4.4.1.1 Program config element"
   */
  private static int readProgramConfig(BitReader in) {
    in.skip(4 + 2 + 4); // element_instance_tag, object_type, sampling_frequency_index
    int pairable = in.bits(4) + in.bits(4) + in.bits(4);
    int lfe = in.bits(2);
    int associated = in.bits(3);
    int coupling = in.bits(4);
    in.skip(in.flag() ? 4 : 0); // mono mixdown
    in.skip(in.flag() ? 4 : 0); // stereo mixdown
    in.skip(in.flag() ? 3 : 0); // matrix mixdown
    int channels = lfe;
    for (int i = 0; i < pairable; i++) {
      channels += in.flag() ? 2 : 1;
      in.skip(4);
    }
    in.skip(4 * (lfe + associated) + 5 * coupling);
    in.skipToByte(); // the config starts on a byte, so this is its byte_alignment
    in.skip(8L * in.bits(8)); // comment
    return channels;
  }
}
