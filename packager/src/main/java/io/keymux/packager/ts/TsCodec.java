package io.keymux.packager.ts;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.codec.AacCore;
import io.keymux.packager.isobmff.SampleEntry;
import org.jspecify.annotations.Nullable;

/**
 * What HLS carries outside of MP4.
 *
 * @see "ISO/IEC 13818-1, table 2-34 Stream type assignments; ATSC A/53 Part 3, 5.8 for AC-3"
 * @see "Apple, MPEG-2 Stream Encryption Format for HTTP Live Streaming, 3.0"
 */
public enum TsCodec {
  AVC(0x1b, 0xdb, "zavc", 0xe0, null, null),
  /** Apple's players take it in MP4 only, and no encryption of its samples is defined. */
  HEVC(0x24, 0, null, 0xe0, "HEVC", null),
  AAC(0x0f, 0xcf, "aacd", 0xc0, null, "aac"),
  AC3(0x81, 0xc1, "ac3d", 0xbd, "AC-3", "ac3"),
  EAC3(0x87, 0xc2, "ec3d", 0xbd, "EAC3", "ec3"),
  MP3(0x03, 0, null, 0xc0, null, "mp3");

  private final int clearType;
  private final int protectedType;
  private final @Nullable String privateData;
  private final int streamId;
  private final @Nullable String registration;
  private final @Nullable String extension;

  TsCodec(
      int clearType,
      int protectedType,
      @Nullable String privateData,
      int streamId,
      @Nullable String registration,
      @Nullable String extension) {
    this.clearType = clearType;
    this.protectedType = protectedType;
    this.privateData = privateData;
    this.streamId = streamId;
    this.registration = registration;
    this.extension = extension;
  }

  /**
   * The codec of a sample entry.
   *
   * @throws DrmException with code {@code codec-not-in-ts} if HLS has no place for it but MP4
   */
  static TsCodec of(SampleEntry entry) {
    return switch (entry.format()) {
      case "avc1", "avc3" -> AVC;
      case "hvc1", "hev1" -> HEVC;
      case "mp4a" -> ofObjectType(AacCore.objectTypeIndication(entry));
      case "ac-3" -> AC3;
      case "ec-3" -> EAC3;
      default -> throw notInTs("Codec " + entry.format());
    };
  }

  private static TsCodec ofObjectType(int type) {
    return switch (type) {
      case 0x40, 0x66, 0x67, 0x68 -> AAC;
      case 0x69, 0x6b -> MP3;
      default -> throw notInTs("Audio of object type 0x%02x".formatted(type));
    };
  }

  static DrmException notInTs(String what) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "codec-not-in-ts",
        what + " cannot be carried in MPEG-TS or packed audio.",
        "Package it as fragmented MP4; MPEG-TS takes H.264, HEVC, AAC-LC, HE-AAC, MP3, AC-3 and"
            + " E-AC-3.");
  }

  boolean isVideo() {
    return extension == null;
  }

  /** Whether SAMPLE-AES is defined for it. */
  public boolean hasSampleAes() {
    return protectedType != 0;
  }

  /** {@code stream_type} of the PMT. */
  int streamType(boolean sampleAes) {
    return sampleAes ? protectedType : clearType;
  }

  /** Four characters that say SAMPLE-AES in the PMT, or null if it is not defined. */
  @Nullable String privateData() {
    return privateData;
  }

  /** {@code stream_id} of the PES packets. */
  int streamId() {
    return streamId;
  }

  /** Four characters for the registration descriptor of the clear stream, or null. */
  @Nullable String registration() {
    return registration;
  }

  /** Of files of packed audio, without a dot; null for video. */
  public @Nullable String packedExtension() {
    return extension;
  }
}
