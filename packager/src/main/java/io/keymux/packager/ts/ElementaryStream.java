package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.codec.AacCore;
import io.keymux.packager.codec.ParameterSets;
import io.keymux.packager.encrypt.SampleAesCipher;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A track as a stream outside of MP4: it can do without a sample entry. */
public final class ElementaryStream {
  private final TsCodec codec;
  private final SampleEntry entry;
  private final @Nullable AacCore aac;
  private final @Nullable ParameterSets sets;
  private final Bytes start;

  private ElementaryStream(
      TsCodec codec,
      SampleEntry entry,
      @Nullable AacCore aac,
      @Nullable ParameterSets sets,
      Bytes start) {
    this.codec = codec;
    this.entry = entry;
    this.aac = aac;
    this.sets = sets;
    this.start = start;
  }

  /**
   * Reads a sample entry.
   *
   * @param start of the first sample, at least {@value AudioSetup#AC3_BYTES} bytes where it has so
   *     many
   * @throws DrmException with code {@code codec-not-in-ts} if HLS carries the codec, or this form
   *     of it, in MP4 only; with {@code codec-config-unreadable} if the entry is damaged
   */
  public static ElementaryStream of(SampleEntry entry, Bytes start) {
    TsCodec codec = TsCodec.of(entry);
    AacCore aac = codec == TsCodec.AAC ? AacCore.of(entry) : null;
    ParameterSets sets =
        switch (codec) {
          case AVC -> ParameterSets.ofAvc(entry);
          case HEVC -> ParameterSets.ofHevc(entry);
          default -> null;
        };
    ElementaryStream stream = new ElementaryStream(codec, entry, aac, sets, start);
    stream.format(null); // refuses what cannot be said
    return stream;
  }

  public TsCodec codec() {
    return codec;
  }

  /**
   * @param cipher to encrypt samples with, or null; not shared with other threads
   * @throws DrmException with code {@code sample-aes-not-defined} if there is none for the codec
   */
  FrameFormat format(@Nullable SampleAesCipher cipher) {
    if (cipher != null) {
      requireSampleAes();
    }
    return switch (codec) {
      case AVC -> new ByteStreamFrames(NalRules.AVC, Objects.requireNonNull(sets), cipher);
      case HEVC -> new ByteStreamFrames(NalRules.HEVC, Objects.requireNonNull(sets), null);
      case AAC -> new AdtsFrames(Objects.requireNonNull(aac), cipher);
      case EAC3 -> new Eac3Frames(cipher);
      case AC3, MP3 -> new PlainFrames(cipher);
    };
  }

  /**
   * @throws DrmException with code {@code sample-aes-not-defined} if the codec's samples cannot be
   *     encrypted
   */
  void requireSampleAes() {
    if (!codec.hasSampleAes()) {
      throw new DrmException(
          Blame.UNSUPPORTED,
          "sample-aes-not-defined",
          "SAMPLE-AES is not defined for " + codec + " in MPEG-TS or packed audio.",
          "Use AES-128, or fragmented MP4 with cbcs.");
    }
  }

  /** Bytes of an audio sample as a frame. */
  int frameBytes(int sampleBytes) {
    return sampleBytes + (codec == TsCodec.AAC ? AdtsFrames.HEADER_BYTES : 0);
  }

  /** What a decoder must know of encrypted audio; null for video. */
  byte @Nullable [] audioSetup() {
    return switch (codec) {
      case AAC -> AudioSetup.aac(Objects.requireNonNull(aac));
      case AC3 -> AudioSetup.ac3(start);
      case EAC3 -> AudioSetup.eac3(entry);
      case AVC, HEVC, MP3 -> null;
    };
  }
}
