package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;
import org.jspecify.annotations.Nullable;

/**
 * The core of an AAC stream, which is what ADTS headers can say: with band replication, the stream
 * at half the rate.
 *
 * @param objectType of the core: 2 for AAC-LC, also where SBR or PS go on top
 * @param frequencyIndex samplingFrequencyIndex of the core, 0 to 12, or 15 if the config gives a
 *     rate that the table lacks
 * @param channelConfiguration 0 if a program config element says it
 * @param shortFrames 960 samples a frame where 1024 are usual
 * @param outputType 2, or 5 with SBR, or 29 with PS
 * @param mpeg2 MPEG-2 AAC
 * @param specificConfig the AudioSpecificConfig as in the file
 * @see "ISO/IEC 14496-3, 1.6.2.1 AudioSpecificConfig; 1.A.3 ADTS"
 */
public record AacCore(
    int objectType,
    int frequencyIndex,
    int channelConfiguration,
    boolean shortFrames,
    int outputType,
    boolean mpeg2,
    Bytes specificConfig) {
  private static final int SBR = 5;
  private static final int PARAMETRIC_STEREO = 29;
  private static final int MPEG4_AUDIO = 0x40;
  private static final int ESCAPE = 15;

  /** objectTypeIndication of {@code esds}: 0x40 for MPEG-4 audio, 0x69 and 0x6b for MP3. */
  public static int objectTypeIndication(SampleEntry entry) {
    return Esds.of(entry).objectType();
  }

  /**
   * Reads {@code esds}.
   *
   * @return null if {@code entry} is not AAC
   * @throws io.keymux.cpix.DrmException with code {@code codec-config-unreadable} if it cannot be
   *     parsed
   */
  public static @Nullable AacCore of(SampleEntry entry) {
    Esds esds = Esds.of(entry);
    return switch (esds.objectType()) {
      case MPEG4_AUDIO -> of(esds.specificConfig(), false);
      case 0x66, 0x67, 0x68 -> of(esds.specificConfig(), true);
      default -> null;
    };
  }

  private static AacCore of(byte[] config, boolean mpeg2) {
    BitReader in = BitReader.plain("AudioSpecificConfig", config);
    int type = objectType(in);
    int frequencyIndex = frequencyIndex(in);
    int channels = in.bits(4);
    if (type == SBR || type == PARAMETRIC_STEREO) {
      frequencyIndex(in);
      type = objectType(in);
    }
    boolean shortFrames = type <= 4 && in.flag();
    int output = AacConfig.read(BitReader.plain("AudioSpecificConfig", config)).objectType();
    return new AacCore(
        type, frequencyIndex, channels, shortFrames, output, mpeg2, Bytes.copyOf(config));
  }

  private static int objectType(BitReader in) {
    int type = in.bits(5);
    return type == 31 ? 32 + in.bits(6) : type;
  }

  /** A rate in full that the table has gets its index. */
  private static int frequencyIndex(BitReader in) {
    int index = in.bits(4);
    return index == ESCAPE ? AacConfig.frequencyIndex(in.bits(24)) : index;
  }
}
