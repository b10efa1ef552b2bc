package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.HexFormat;

/**
 * Reads the {@code esds} box of MPEG-4 audio: AAC, MP3 and what else was registered for it.
 *
 * @see "ISO/IEC 14496-1, 7.2.6 Object descriptor components; RFC 6381, 3.3"
 */
final class Mp4aCodec {
  private static final int ES_DESCRIPTOR = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC_INFO = 5;
  private static final int MPEG4_AUDIO = 0x40;

  private Mp4aCodec() {}

  static AudioConfig read(SampleEntry entry) {
    BitReader in = BitReader.plain("esds", esds(entry));
    in.skip(32); // version, flags
    enter(in, ES_DESCRIPTOR);
    in.skip(16); // ES_ID
    boolean dependsOn = in.flag();
    boolean hasUrl = in.flag();
    boolean hasOcr = in.flag();
    in.skip(5); // streamPriority
    in.skip(dependsOn ? 16 : 0);
    if (hasUrl) {
      in.skip(8L * in.bits(8));
    }
    in.skip(hasOcr ? 16 : 0);
    enter(in, DECODER_CONFIG);
    int objectType = in.bits(8);
    in.skip(8 + 24 + 32 + 32); // stream type, buffer size, bit rates
    return switch (objectType) {
      case MPEG4_AUDIO -> readSpecificConfig(in).toAudio();
      case 0x66, 0x67, 0x68 -> { // MPEG-2 AAC Main, LC, SSR
        AacConfig aac = readSpecificConfig(in);
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

  private static AacConfig readSpecificConfig(BitReader in) {
    int length = enter(in, DECODER_SPECIFIC_INFO);
    return AacConfig.read(BitReader.plain("AudioSpecificConfig", in.bytes(length)));
  }

  /** QuickTime files have the box one level down, in {@code wave}. */
  private static byte[] esds(SampleEntry entry) {
    Bytes wave = entry.child("wave").orElse(Bytes.empty());
    if (entry.child("esds").isEmpty() && !wave.isEmpty()) {
      BoxReader in = new BoxReader(wave.toArray(), 0);
      // The list ends with a terminator of 8 zero bytes, which reads as a box up to the end.
      while (in.remaining() > 8) {
        BoxReader.Box box = in.box();
        if (box.type() == FourCc.of("esds")) {
          return box.body().bytes(box.body().remaining(), "esds");
        }
      }
    }
    return SampleEntryBoxes.required(entry, "esds");
  }

  /** Reads tag and size of a descriptor. */
  private static int enter(BitReader in, int tag) {
    int found = in.bits(8);
    if (found != tag) {
      throw in.malformed("descriptor " + found + " where " + tag + " must be");
    }
    int size = 0;
    boolean more = true;
    for (int i = 0; i < 4 && more; i++) {
      more = in.flag();
      size = (size << 7) | in.bits(7);
    }
    return size;
  }
}
