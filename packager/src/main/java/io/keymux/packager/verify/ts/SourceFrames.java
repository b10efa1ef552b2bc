package io.keymux.packager.verify.ts;

import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackPlan;

/** The samples of an input's track, and when they must come out. */
final class SourceFrames {
  private static final int TICKS = 90_000;
  private static final long START_SECONDS = 10;

  private final TrackPlan plan;
  private final MediaTrack media;

  SourceFrames(TrackPlan plan) {
    this.plan = plan;
    this.media = plan.source().media();
  }

  SampleTable samples() {
    return media.samples();
  }

  TrackPlan plan() {
    return plan;
  }

  byte[] sample(int sample) {
    byte[] data = new byte[media.samples().size(sample)];
    plan.source().source().read(media.samples().offset(sample), data, 0, data.length);
    return data;
  }

  /** Of 33 bits; the edit list is applied, and 0 of the presentation is at 10 s. */
  long pts(int sample) {
    double time =
        (double) media.samples().presentationTime(sample)
            + plan.decodeTimeShift()
            - media.edit().mediaTime();
    long ticks = Math.round(time * TICKS / media.timescale()) + START_SECONDS * TICKS;
    return ticks & (ClockCheck.WRAP - 1);
  }
}
