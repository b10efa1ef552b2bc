package io.keymux.packager.media;

import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that manifests describe.
 *
 * @param segmentSeconds the wanted segment duration in seconds
 * @param tracks the first parts of all tracks, video by rising bit rate, then audio, then text;
 *     then the second parts, and so on
 * @param webVtt text tracks as files of WebVTT, which only HLS names, likewise; DASH has the same
 *     text among {@code tracks}
 * @param thumbnails images beside the tracks, the same in all parts
 */
public record Presentation(
    Layout layout,
    double segmentSeconds,
    List<PackagedTrack> tracks,
    List<PackagedTrack> webVtt,
    List<ThumbnailTrack> thumbnails) {
  public Presentation {
    tracks = List.copyOf(tracks);
    webVtt = List.copyOf(webVtt);
    thumbnails = List.copyOf(thumbnails);
  }

  /** Without thumbnails. */
  public Presentation(
      Layout layout,
      double segmentSeconds,
      List<PackagedTrack> tracks,
      List<PackagedTrack> webVtt) {
    this(layout, segmentSeconds, tracks, webVtt, List.of());
  }

  /** Without files of WebVTT. */
  public Presentation(Layout layout, double segmentSeconds, List<PackagedTrack> tracks) {
    this(layout, segmentSeconds, tracks, List.of());
  }

  /**
   * The longest video or audio segment, rounded to whole seconds, at least 1: one value for all
   * playlists, as variants must share it.
   *
   * @see "RFC 8216, 4.3.3.1 EXT-X-TARGETDURATION"
   */
  public long targetSeconds() {
    long longest = 0;
    for (PackagedTrack track : tracks) {
      if (track.track().type() != TrackType.TEXT) {
        for (Segment segment : track.segments()) {
          longest = Math.max(longest, track.durationMicros(segment));
        }
      }
    }
    return Math.max(1, (longest + 500_000) / 1_000_000);
  }

  /** The tracks by part: what plays at the same time with the same init segments. */
  public List<List<PackagedTrack>> periods() {
    List<List<PackagedTrack>> periods = new ArrayList<>();
    for (PackagedTrack track : tracks) {
      while (periods.size() <= track.part()) {
        periods.add(new ArrayList<>());
      }
      periods.get(track.part()).add(track);
    }
    return periods;
  }

  /** Each track with all its parts, in order. */
  public List<Rendition> renditions() {
    return renditions(tracks);
  }

  /**
   * What HLS names: text of cues as files of WebVTT, everything else as it is, but for trick play,
   * for which it has playlists of its own.
   */
  public List<Rendition> hlsRenditions() {
    List<Rendition> renditions =
        new ArrayList<>(
            renditions().stream()
                .filter(r -> !isCues(r.track()))
                .filter(r -> r.parts().get(0).details().picturesOf() == null)
                .toList());
    renditions.addAll(renditions(webVtt));
    return renditions;
  }

  /**
   * What shows the pictures of a rendition alone: its track for trick play, whose fragments have
   * one picture each, or else the rendition itself.
   */
  public Rendition pictures(Rendition rendition) {
    return renditions().stream()
        .filter(other -> isOfPictures(other, rendition.track()))
        .findFirst()
        .orElse(rendition);
  }

  private static boolean isOfPictures(Rendition rendition, Track main) {
    Track of = rendition.parts().get(0).details().picturesOf();
    return of != null && of.equals(main);
  }

  /** All tracks, those that are files of WebVTT alone too. */
  public List<PackagedTrack> allTracks() {
    List<PackagedTrack> all = new ArrayList<>(tracks);
    for (PackagedTrack text : webVtt) {
      boolean known =
          tracks.stream()
              .anyMatch(
                  t -> t.track().name().equals(text.track().name()) && t.part() == text.part());
      if (!known) {
        all.add(text);
      }
    }
    return all;
  }

  private static boolean isCues(Track track) {
    return track.type() == TrackType.TEXT && track.codecs().equals("wvtt");
  }

  private static List<Rendition> renditions(List<PackagedTrack> tracks) {
    Map<String, List<PackagedTrack>> byName = new LinkedHashMap<>();
    for (PackagedTrack track : tracks) {
      byName.computeIfAbsent(track.track().name(), name -> new ArrayList<>()).add(track);
    }
    return byName.values().stream().map(Rendition::new).toList();
  }

  /** Of the longest track, in seconds. */
  public double durationSeconds() {
    return tracks.stream().mapToDouble(PackagedTrack::endSeconds).max().orElse(0);
  }
}
