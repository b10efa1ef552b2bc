package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleEntry;

/**
 * The {@code esds} box of MPEG-4 audio.
 *
 * @param objectType objectTypeIndication: 0x40 for MPEG-4 audio, 0x6b for MP3
 * @param in stands before the DecoderSpecificInfo
 * @see "ISO/IEC 14496-1, 7.2.6 Object descriptor components"
 */
record Esds(int objectType, BitReader in) {
  private static final int ES_DESCRIPTOR = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC_INFO = 5;

  static Esds of(SampleEntry entry) {
    BitReader in = BitReader.plain("esds", box(entry));
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
    return new Esds(objectType, in);
  }

  /** The AudioSpecificConfig; may be read once. */
  byte[] specificConfig() {
    return in.bytes(enter(in, DECODER_SPECIFIC_INFO));
  }

  /** QuickTime files have the box one level down, in {@code wave}. */
  private static byte[] box(SampleEntry entry) {
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
