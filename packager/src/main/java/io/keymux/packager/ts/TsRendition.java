package io.keymux.packager.ts;

import io.keymux.packager.plan.TrackPlan;
import java.util.List;

/**
 * Tracks that share segment files.
 *
 * @param tracks of audio and video; one, unless it is a transport stream
 * @param packedAudio one audio track without a transport stream around it
 * @param protection for as many segments as the longest track has
 */
public record TsRendition(
    List<TrackPlan> tracks, boolean packedAudio, SegmentProtection protection) {
  public TsRendition {
    tracks = List.copyOf(tracks);
    if (tracks.isEmpty() || (packedAudio && tracks.size() > 1)) {
      throw new IllegalArgumentException(tracks.size() + " tracks in one rendition");
    }
    int segments = tracks.stream().mapToInt(t -> t.segments().size()).max().orElse(0);
    if (!protection.keys().isEmpty() && protection.keys().size() != segments) {
      throw new IllegalArgumentException(
          protection.keys().size() + " keys for " + segments + " segments");
    }
  }

  /** That of the first track. */
  public String name() {
    return tracks.get(0).name();
  }

  /** Segments of the longest track. */
  public int segments() {
    return tracks.stream().mapToInt(t -> t.segments().size()).max().orElse(0);
  }
}
