package io.keymux.packager.codec;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.SampleEntry;

/** Learns from a sample entry what packaging needs to know of its codec. */
public final class CodecReader {
  private CodecReader() {}

  /**
   * Reads a sample entry.
   *
   * @param type of the track; a text entry is named but not parsed, for text stays clear
   * @throws DrmException with code {@code codec-unsupported} if the format is not one of those this
   *     version packages; with code {@code codec-config-unreadable} if the entry lacks its
   *     configuration, or that cannot be parsed
   * @throws io.keymux.cpix.box.MalformedBoxException if boxes inside the entry are damaged
   */
  public static TrackCodec read(SampleEntry entry, TrackType type) {
    return switch (type) {
      case VIDEO -> readVideo(entry);
      case AUDIO -> readAudio(entry);
      case TEXT -> readText(entry);
    };
  }

  private static TrackCodec readVideo(SampleEntry entry) {
    return switch (entry.format()) {
      case "avc1", "avc3", "dva1", "dvav" -> AvcCodec.read(entry);
      case "hvc1", "hev1", "dvh1", "dvhe" -> HevcCodec.read(entry);
      case "av01" -> Av1Codec.read(entry);
      case "vp09" -> Vp9Codec.read(entry);
      case "vvc1", "vvi1" -> VvcCodec.read(entry);
      default -> throw unsupported(entry.format());
    };
  }

  private static TrackCodec readAudio(SampleEntry entry) {
    AudioConfig audio =
        switch (entry.format()) {
          case "mp4a" -> Mp4aCodec.read(entry);
          case "ac-3" -> DolbyAudio.readAc3(entry);
          case "ec-3" -> DolbyAudio.readEac3(entry);
          case "ac-4" -> Ac4Codec.read(entry);
          case "Opus" -> OpenAudio.readOpus(entry);
          case "fLaC" -> OpenAudio.readFlac(entry);
          case "alac" -> OpenAudio.readAlac(entry);
          case "dtsc", "dtsh", "dtsl", "dtse" -> DtsAudio.read(entry);
          case "dtsx" -> DtsAudio.readUhd(entry);
          case "mha1", "mha2", "mhm1", "mhm2" -> MpegHAudio.read(entry);
          default -> throw unsupported(entry.format());
        };
    return new TrackCodec(
        audio.codecs(),
        0,
        0,
        VideoRange.SDR,
        false,
        audio.channels() == 0 ? entry.channels() : audio.channels(),
        audio.sampleRate() == 0 ? entry.sampleRate() : audio.sampleRate(),
        audio.subsamples(),
        null,
        audio.spatial());
  }

  private static TrackCodec readText(SampleEntry entry) {
    return switch (entry.format()) {
      case "wvtt" -> text("wvtt");
      case "stpp" -> text(TimedText.codecs(entry));
      default -> throw unsupported(entry.format());
    };
  }

  private static TrackCodec text(String codecs) {
    return new TrackCodec(codecs, 0, 0, VideoRange.SDR, false, 0, 0, null);
  }

  static DrmException unsupported(String codec) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "codec-unsupported",
        "Codec " + codec + " cannot be packaged.",
        "Use H.264 (avc1, avc3), HEVC (hvc1, hev1), VVC (vvc1, vvi1), AV1 (av01), VP9 (vp09),"
            + " Dolby Vision (dva1, dvav, dvh1, dvhe), AAC or MP3 (mp4a), ac-3, ec-3, ac-4, Opus, fLaC, alac, DTS (dtsc, dtsh,"
            + " dtsl, dtse, dtsx), MPEG-H (mha1, mha2, mhm1, mhm2), wvtt or stpp.");
  }
}
