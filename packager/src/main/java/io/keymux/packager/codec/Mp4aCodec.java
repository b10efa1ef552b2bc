package io.keymux.packager.codec;

import io.keymux.packager.isobmff.SampleEntry;
import java.util.HexFormat;

/**
 * Reads what {@code esds} says of MPEG-4 audio: AAC, MP3 and what else was registered for it.
 *
 * @see "RFC 6381, 3.3"
 */
final class Mp4aCodec {
  private static final int MPEG4_AUDIO = 0x40;

  private Mp4aCodec() {}

  static AudioConfig read(SampleEntry entry) {
    Esds esds = Esds.of(entry);
    int objectType = esds.objectType();
    return switch (objectType) {
      case MPEG4_AUDIO -> readSpecificConfig(esds).toAudio();
      case 0x66, 0x67, 0x68 -> { // MPEG-2 AAC Main, LC, SSR
        AacConfig aac = readSpecificConfig(esds);
        yield new AudioConfig(codecs(objectType), aac.channels(), aac.sampleRate());
      }
      // MP3, AC-3, E-AC-3, DTS with its extensions: the entry tells the rest.
      case 0x69, 0x6b, 0xa5, 0xa6, 0xa9, 0xaa, 0xab, 0xac ->
          new AudioConfig(codecs(objectType), 0, 0);
      default -> throw CodecReader.unsupported(codecs(objectType));
    };
  }

  private static String codecs(int objectType) {
    return "mp4a." + HexFormat.of().withUpperCase().toHexDigits((byte) objectType);
  }

  private static AacConfig readSpecificConfig(Esds esds) {
    return AacConfig.read(BitReader.plain("AudioSpecificConfig", esds.specificConfig()));
  }
}
