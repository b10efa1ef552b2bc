package io.keymux.packager.media;

import io.keymux.cpix.Track;
import java.util.List;

/**
 * A track from the beginning of the presentation to its end.
 *
 * @param parts at least one, in order
 */
public record Rendition(List<PackagedTrack> parts) {
  public Rendition {
    parts = List.copyOf(parts);
  }

  public Track track() {
    return parts.get(0).track();
  }

  /** Whether each segment starts with a picture that can be shown alone. */
  public boolean hasPictures() {
    return parts.stream()
        .flatMap(part -> part.segments().stream())
        .noneMatch(segment -> segment.pictures().isEmpty());
  }

  /** All segments under the first init segment: for times and bit rates, which know no parts. */
  public PackagedTrack whole() {
    PackagedTrack first = parts.get(0);
    return parts.size() == 1
        ? first
        : new PackagedTrack(
            first.track(),
            first.details(),
            first.part(),
            first.timescale(),
            first.initPath(),
            first.initRange(),
            first.initProtection(),
            first.indexRange(),
            parts.stream().flatMap(part -> part.segments().stream()).toList(),
            first.playlistPath());
  }
}
