package io.keymux.packager.media;

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

  /** Of the longest track, in seconds. */
  public double durationSeconds() {
    return tracks.stream().mapToDouble(PackagedTrack::endSeconds).max().orElse(0);
  }
}
