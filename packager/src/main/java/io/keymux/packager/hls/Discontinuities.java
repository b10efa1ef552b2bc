package io.keymux.packager.hls;

import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where encryption starts behind a clear lead, which is a discontinuity. Tracks that stay clear
 * have it at the same time: players match renditions by counting discontinuities.
 *
 * @param seconds of the presentation
 * @see "RFC 8216, 6.2.4 Providing Variant Streams"
 */
record Discontinuities(List<Double> seconds) {
  static Discontinuities of(List<Rendition> renditions) {
    List<Double> seconds = new ArrayList<>();
    for (Rendition rendition : renditions) {
      for (PackagedTrack part : rendition.parts()) {
        TrackProtection current = null;
        for (int i = 0; i < part.segments().size(); i++) {
          Segment segment = part.segments().get(i);
          if (i > 0 && startsEncryption(segment, current)) {
            seconds.add(start(part, segment));
          }
          current = segment.protection();
        }
      }
      if (!seconds.isEmpty()) {
        break; // It is the same for all.
      }
    }
    return new Discontinuities(List.copyOf(seconds));
  }

  /** Whether one stands in front of a segment, which is not the first of its part. */
  boolean at(PackagedTrack part, Segment segment, @Nullable TrackProtection before) {
    if (part.protection() != null) {
      return startsEncryption(segment, before);
    }
    double start = start(part, segment);
    double half = (double) segment.duration() / part.timescale() / 2;
    return seconds.stream().anyMatch(s -> s >= start - half && s < start + half);
  }

  private static boolean startsEncryption(Segment segment, @Nullable TrackProtection before) {
    return before == null
        && segment.protection() != null
        && !segment.protection().coversWholeSegments();
  }

  private static double start(PackagedTrack part, Segment segment) {
    return (double) segment.start() / part.timescale();
  }
}
