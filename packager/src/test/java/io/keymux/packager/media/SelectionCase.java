package io.keymux.packager.media;

import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.codec.SupplementalCodec;
import io.keymux.packager.codec.VideoRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dolby Vision over HLG for HDCP 2.2 beside SDR, and English in four versions beside German. */
final class SelectionCase {
  private SelectionCase() {}

  static Presentation presentation() {
    return new Presentation(
        Layout.SEGMENTS,
        6,
        List.of(
            video("video-1080p", 1080, TrackDetails.PLAIN),
            video(
                "video-2160p",
                2160,
                new TrackDetails(
                    VideoRange.HLG,
                    new SupplementalCodec("dvh1.08.07", "db4h"),
                    null,
                    Selection.NONE,
                    new PlaybackPolicy(HdcpLevel.TYPE_1, "com.example.drm:SMART-TV/PC"),
                    null)),
            audio("audio-en-2ch", "mp4a.40.2", "en", null, Selection.NONE),
            audio(
                "audio-en-6ch",
                "ec-3",
                "en",
                new SpatialAudio(SpatialAudio.Kind.JOC, 16),
                Selection.NONE),
            audio("audio-en-2ch-2", "mp4a.40.2", "en", null, roles(false, TrackRole.COMMENTARY)),
            audio(
                "audio-en-2ch-3",
                "mp4a.40.2",
                "en",
                null,
                new Selection("English & described", List.of(TrackRole.DESCRIPTION), false)),
            audio("audio-de-2ch", "mp4a.40.2", "de", null, roles(true, TrackRole.DUB))));
  }

  private static Selection roles(boolean preferred, TrackRole role) {
    return new Selection(null, List.of(role), preferred);
  }

  private static PackagedTrack video(String name, int height, TrackDetails details) {
    return TestTracks.with(
        TestTracks.packagedVideo(
            TestTracks.video(name, "hvc1.2.4.L150.90", height * 16 / 9, height, 24_000 / 1001.0),
            Layout.SEGMENTS,
            height * 4_000,
            null),
        details);
  }

  private static PackagedTrack audio(
      String name,
      String codecs,
      String language,
      @Nullable SpatialAudio spatial,
      Selection selection) {
    return TestTracks.with(
        TestTracks.packagedAudio(
            TestTracks.audio(name, codecs, language, spatial == null ? 2 : 6),
            Layout.SEGMENTS,
            spatial == null ? 128_000 : 640_000,
            null),
        new TrackDetails(VideoRange.SDR, null, spatial, selection, PlaybackPolicy.NONE, null));
  }
}
