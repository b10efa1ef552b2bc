package io.keymux.packager.media;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What manifests of a live stream say besides its presentation, which then holds the segments of
 * the time-shift window alone.
 *
 * @param start instant of presentation time 0
 * @param published when the manifests were made
 * @param windowSeconds for how long a segment stays in them
 * @param segmentSeconds how long segments are meant to be; none is half a second longer
 * @param ended whether no segment will follow
 * @param periodStarts where each part begins, in microseconds of the presentation, also if its
 *     first segments have left the window
 * @param discontinuitiesBefore how many have left the window, by name of the track
 * @param clock address that tells the time as ISO 8601, for DASH players, or null
 */
public record LiveTiming(
    Instant start,
    Instant published,
    double windowSeconds,
    double segmentSeconds,
    boolean ended,
    Map<Integer, Long> periodStarts,
    Map<String, Integer> discontinuitiesBefore,
    @Nullable String clock) {
  public LiveTiming {
    periodStarts = Map.copyOf(periodStarts);
    discontinuitiesBefore = Map.copyOf(discontinuitiesBefore);
  }

  /** An instant of the presentation on the wall clock, to milliseconds. */
  public Instant at(long micros) {
    return start.plusMillis(Math.floorDiv(micros, 1000));
  }
}
