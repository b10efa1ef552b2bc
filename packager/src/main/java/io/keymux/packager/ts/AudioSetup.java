package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.codec.AacCore;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.Arrays;

/**
 * What a decoder must know of encrypted audio before it can decrypt any.
 *
 * @see "Apple, MPEG-2 Stream Encryption Format for HTTP Live Streaming, 2.3.4 Audio Setup"
 */
final class AudioSetup {
  /** Bytes of the first syncframe of AC-3 that are its setup. */
  static final int AC3_BYTES = 10;

  private static final int VERSION = 1;
  private static final int MAX_BYTES = 255;
  private static final int SBR = 5;
  private static final int PARAMETRIC_STEREO = 29;

  private AudioSetup() {}

  static byte[] aac(AacCore core) {
    String type =
        switch (core.outputType()) {
          case SBR -> "zach";
          case PARAMETRIC_STEREO -> "zacp";
          default -> "zaac";
        };
    return of(type, core.specificConfig());
  }

  /**
   * @param start of the first syncframe
   */
  static byte[] ac3(Bytes start) {
    byte[] first = start.toArray();
    return of("zac3", Bytes.copyOf(Arrays.copyOf(first, Math.min(first.length, AC3_BYTES))));
  }

  static byte[] eac3(SampleEntry entry) {
    return of("zec3", entry.child("dec3").orElse(Bytes.empty()));
  }

  private static byte[] of(String type, Bytes setup) {
    if (setup.size() > MAX_BYTES) {
      throw TsCodec.notInTs("Encrypted audio with " + setup.size() + " bytes of configuration");
    }
    BoxWriter out = new BoxWriter(32);
    out.u32(FourCc.of(type) & 0xffffffffL).u16(0).u8(VERSION).u8(setup.size());
    return out.bytes(setup.toArray()).toByteArray();
  }
}
