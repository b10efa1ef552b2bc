package io.keymux.packager.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All decisions about one track.
 *
 * @param decodeTimeShift what is added to the input's decode times, in ticks
 * @param segments at least one
 * @param encryption or null if the track stays clear
 */
public record TrackPlan(
    TrackSource source,
    long decodeTimeShift,
    List<SegmentPlan> segments,
    @Nullable TrackEncryption encryption) {
  public TrackPlan {
    segments = List.copyOf(segments);
  }

  public String name() {
    return source.track().name();
  }
}
