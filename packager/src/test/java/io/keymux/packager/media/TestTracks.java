package io.keymux.packager.media;

import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.VideoRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tracks of made-up size with realistic times: 20.5 s in segments of 6 s. */
public final class TestTracks {
  private static final int INIT_SIZE = 900;

  private TestTracks() {}

  public static Track video(String name, String codecs, int width, int height, double fps) {
    return new Track(
        name,
        TrackType.VIDEO,
        Set.of(name),
        "und",
        codecs,
        0,
        width,
        height,
        fps,
        false,
        false,
        0,
        0);
  }

  public static Track hdr(String name, String codecs, int width, int height, double fps) {
    return new Track(
        name,
        TrackType.VIDEO,
        Set.of(name),
        "und",
        codecs,
        0,
        width,
        height,
        fps,
        true,
        true,
        0,
        0);
  }

  public static Track audio(String name, String codecs, String language, int channels) {
    return new Track(
        name,
        TrackType.AUDIO,
        Set.of(name),
        language,
        codecs,
        0,
        0,
        0,
        0,
        false,
        false,
        channels,
        48_000);
  }

  public static Track text(String name, String language) {
    return new Track(
        name, TrackType.TEXT, Set.of(name), language, "wvtt", 0, 0, 0, 0, false, false, 0, 0);
  }

  /** Video at 24000/1001 fps, segments of 144 frames and a last one of 60. */
  public static PackagedTrack packagedVideo(
      Track track, Layout layout, int bitrate, @Nullable TrackProtection protection) {
    return packaged(
        track, layout, 24_000, List.of(144_144L, 144_144L, 144_144L, 60_060L), bitrate, protection);
  }

  /** Audio in frames of 1024 samples, cut at the first frame after each video segment's start. */
  public static PackagedTrack packagedAudio(
      Track track, Layout layout, int bitrate, @Nullable TrackProtection protection) {
    return packaged(
        track,
        layout,
        48_000,
        List.of(289_792L, 287_744L, 288_768L, 117_760L),
        bitrate,
        protection);
  }

  /** Sizes swing by a tenth around {@code bitrate}, and the last segment has twice the rate. */
  public static PackagedTrack packaged(
      Track track,
      Layout layout,
      int timescale,
      List<Long> durations,
      int bitrate,
      @Nullable TrackProtection protection) {
    boolean single = layout == Layout.SINGLE_FILE;
    String folder = track.name();
    String file = folder + ".mp4";
    long indexSize = 32 + 12L * durations.size();
    List<Segment> segments = new ArrayList<>();
    long start = 0;
    long offset = INIT_SIZE + indexSize;
    for (int i = 0; i < durations.size(); i++) {
      long duration = durations.get(i);
      double factor = i == durations.size() - 1 ? 2 : 1 + (i % 3 - 1) * 0.1;
      long size = Math.round(factor * bitrate / 8 * duration / timescale);
      segments.add(
          new Segment(
              i + 1,
              single ? file : folder + "/seg-" + (i + 1) + ".m4s",
              new ByteRange(single ? offset : 0, size),
              start,
              duration,
              protection,
              track.type() == TrackType.VIDEO
                  ? List.of(
                      new Picture(new ByteRange(single ? offset : 24, size / 10), start, duration))
                  : List.of()));
      start += duration;
      offset += size;
    }
    return new PackagedTrack(
        track,
        details(track),
        0,
        timescale,
        single ? file : folder + "/init.mp4",
        new ByteRange(0, INIT_SIZE),
        single ? new ByteRange(INIT_SIZE, indexSize) : null,
        segments);
  }

  private static TrackDetails details(Track track) {
    return new TrackDetails(
        track.hdr() ? VideoRange.PQ : VideoRange.SDR,
        null,
        null,
        Selection.NONE,
        PlaybackPolicy.NONE,
        null);
  }

  /** The same track with other details. */
  public static PackagedTrack with(PackagedTrack track, TrackDetails details) {
    return new PackagedTrack(
        track.track(),
        details,
        track.part(),
        track.timescale(),
        track.initPath(),
        track.initRange(),
        track.indexRange(),
        track.segments());
  }
}
