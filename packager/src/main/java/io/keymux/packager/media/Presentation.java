package io.keymux.packager.media;

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
 */
public record Presentation(Layout layout, double segmentSeconds, List<PackagedTrack> tracks) {
  public Presentation {
    tracks = List.copyOf(tracks);
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
