package io.keymux.packager.ts;

import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackPlan;

/**
 * A track's times on the 90 kHz clock. Each is converted from its place on the track's own clock,
 * so nothing adds up. The edit list is applied: there is no other place for it.
 */
public final class TrackClock {
  /** Where the presentation's time 0 lies, so that decoding can begin before it. */
  public static final long START_TICKS = 10L * FrameTiming.TICKS;

  private final SampleTable samples;
  private final int timescale;
  private final boolean video;
  private final long shift;
  private final long decodeShift;

  public TrackClock(TrackPlan plan) {
    MediaTrack media = plan.source().media();
    this.samples = media.samples();
    this.timescale = media.timescale();
    this.video = media.type() == TrackType.VIDEO;
    this.shift = plan.decodeTimeShift() - media.edit().mediaTime();
    this.decodeShift = shift + (video ? leastOffset(samples) : 0);
  }

  /**
   * @param last whether it is the last of its segment
   */
  public FrameTiming timing(int sample, boolean last) {
    long pts = ticks(samples.presentationTime(sample) + shift);
    if (video) {
      return new FrameTiming(
          pts, decodeTicks(sample), decodeTicks(sample + 1), samples.isSync(sample), last);
    }
    long end = samples.decodeTime(sample + 1) + samples.compositionOffset(sample) + shift;
    return new FrameTiming(pts, pts, ticks(end), true, last);
  }

  /** Decode time of a sample, or of the end of the track. */
  long decodeTicks(int sample) {
    return ticks(samples.decodeTime(sample) + decodeShift);
  }

  /** Rounded half up. What does not fit in 64 bits is cut off, as the clock wraps anyway. */
  private long ticks(long time) {
    long whole = Math.floorDiv(time, timescale);
    long rest = Math.floorMod(time, (long) timescale);
    return START_TICKS
        + whole * FrameTiming.TICKS
        + (rest * FrameTiming.TICKS + timescale / 2) / timescale;
  }

  /** The earliest presentation before decoding, at most 0: a stream says no such thing. */
  private static long leastOffset(SampleTable samples) {
    long least = 0;
    for (int i = 0; samples.hasCompositionOffsets() && i < samples.count(); i++) {
      least = Math.min(least, samples.compositionOffset(i));
    }
    return least;
  }
}
