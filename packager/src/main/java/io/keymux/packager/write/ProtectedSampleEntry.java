package io.keymux.packager.write;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.plan.TrackEncryption;

/**
 * Turns a sample entry into {@code encv} or {@code enca}: all children stay, a {@code sinf} is
 * appended.
 *
 * @see "ISO/IEC 14496-12, 8.12 Support for Protected Streams; ISO/IEC 23001-7, 8.2 Track Encryption
 *     box"
 */
public final class ProtectedSampleEntry {
  private static final int SCHEME_VERSION = 0x00010000;

  private ProtectedSampleEntry() {}

  /**
   * Appends the protected form of a sample entry.
   *
   * @param format of the clear entry: {@code avc1}
   * @param clear the whole entry with header
   */
  public static void write(
      BoxWriter out, TrackType media, String format, byte[] clear, TrackEncryption encryption) {
    int type = FourCc.of(media == TrackType.VIDEO ? "encv" : "enca");
    out.box(
        type,
        () -> {
          out.bytes(clear, 8, clear.length - 8);
          out.box(FourCc.of("sinf"), () -> sinf(out, format, encryption));
        });
  }

  private static void sinf(BoxWriter out, String format, TrackEncryption encryption) {
    out.box(FourCc.of("frma"), () -> out.u32(FourCc.of(format)));
    out.fullBox(
        FourCc.of("schm"),
        0,
        0,
        () -> out.u32(FourCc.of(encryption.scheme().fourCc())).u32(SCHEME_VERSION));
    out.box(FourCc.of("schi"), () -> tenc(out, encryption));
  }

  private static void tenc(BoxWriter out, TrackEncryption encryption) {
    int version = encryption.scheme().pattern() ? 1 : 0;
    out.fullBox(FourCc.of("tenc"), version, 0, () -> parameters(out, encryption));
  }

  /** What {@code tenc} and the sample group {@code seig} say alike. */
  static void parameters(BoxWriter out, TrackEncryption encryption) {
    Bytes constantIv = encryption.ivs().constant();
    Pattern pattern = encryption.pattern();
    out.u8(0).u8((pattern.cryptBlocks() << 4) | pattern.skipBlocks());
    out.u8(1).u8(encryption.ivs().perSampleBytes());
    out.bytes(encryption.key().id().toBytes());
    if (constantIv != null) {
      out.u8(constantIv.size()).bytes(constantIv.toArray());
    }
  }
}
