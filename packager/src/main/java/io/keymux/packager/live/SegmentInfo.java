package io.keymux.packager.live;

import io.keymux.packager.media.TrackProtection;
import org.jspecify.annotations.Nullable;

/**
 * What manifests need to know of a segment that was encrypted.
 *
 * @param keyPeriod counted from 0, or {@link io.keymux.packager.job.KeySchedule#CLEAR}
 * @param start when the first sample of its first track is shown, in ticks; players put media
 *     there, whatever an edit list says
 * @param duration of the samples of its first track, in ticks
 * @param timescale of the first track, ticks a second
 * @param bytes of the protected segment
 * @param protection what manifests say of its keys, or null if it is clear; with several tracks,
 *     the KID of the first, and signalling for all
 */
public record SegmentInfo(
    int keyPeriod,
    long start,
    long duration,
    int timescale,
    int bytes,
    @Nullable TrackProtection protection) {
  public double startSeconds() {
    return (double) start / timescale;
  }

  public double durationSeconds() {
    return (double) duration / timescale;
  }
}
