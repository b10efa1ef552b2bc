package io.keymux.cpix;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tracks for tests. */
final class Tracks {
  private Tracks() {}

  static Track video(String name, int width, int height, String... labels) {
    return video(name, width, height, 25, false, false, labels);
  }

  static Track video(
      String name,
      int width,
      int height,
      double frameRate,
      boolean hdr,
      boolean wcg,
      String... labels) {
    return new Track(
        name,
        TrackType.VIDEO,
        with(name, labels),
        "und",
        "avc1.64001f",
        3_000_000,
        width,
        height,
        frameRate,
        hdr,
        wcg,
        0,
        0);
  }

  static Track audio(String name, int channels, long bitrate, String... labels) {
    return new Track(
        name,
        TrackType.AUDIO,
        with(name, labels),
        "en",
        "mp4a.40.2",
        bitrate,
        0,
        0,
        0,
        false,
        false,
        channels,
        48_000);
  }

  static Track text(String name) {
    return new Track(
        name, TrackType.TEXT, Set.of(name), "en", "wvtt", 100, 0, 0, 0, false, false, 0, 0);
  }

  private static Set<String> with(String name, String... labels) {
    Set<String> all = new HashSet<>(List.of(labels));
    all.add(name);
    return all;
  }
}
