package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the manifests of a live stream behave.
 *
 * @param start instant of decode time 0 on the wall clock
 * @param segmentSeconds how long segments are meant to be; none may be half a second longer
 * @param windowSeconds for how long a segment stays in the manifests, at least three segments
 * @param clock address that tells DASH players the time as ISO 8601, or null
 */
public record LiveSettings(
    Instant start, double segmentSeconds, double windowSeconds, @Nullable String clock) {
  private static final int MIN_SEGMENTS = 3;

  /**
   * @throws DrmException with code {@code invalid-live-window} if a time is out of range
   */
  public LiveSettings {
    if (!(segmentSeconds > 0 && windowSeconds >= MIN_SEGMENTS * segmentSeconds)) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-live-window",
          "A window of %s s does not hold three segments of %s s."
              .formatted(windowSeconds, segmentSeconds),
          "Give a longer window: players begin three segments behind the live edge.");
    }
  }

  /** Without an address for the time: players trust their own clock. */
  public LiveSettings(Instant start, double segmentSeconds, double windowSeconds) {
    this(start, segmentSeconds, windowSeconds, null);
  }
}
