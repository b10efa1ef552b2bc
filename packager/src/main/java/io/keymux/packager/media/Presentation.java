package io.keymux.packager.media;

import io.keymux.cpix.TrackType;
import java.util.List;

/**
 * Everything that manifests describe.
 *
 * @param segmentSeconds the wanted segment duration in seconds
 * @param tracks video by rising bit rate, then audio, then text
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

  /** Of the longest track, in seconds. */
  public double durationSeconds() {
    return tracks.stream().mapToDouble(PackagedTrack::endSeconds).max().orElse(0);
  }
}
