package io.keymux.packager;

import io.keymux.packager.bento4.Bento4Engine;
import io.keymux.packager.bento4.Bento4Limits;
import io.keymux.packager.bento4.Bento4Tools;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.PlannedProtection;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import io.keymux.packager.ts.TrackClock;
import io.keymux.packager.ts.TsEngine;
import io.keymux.packager.ts.TsOutput;
import io.keymux.packager.ts.TsRendition;
import io.keymux.packager.write.NativeEngine;
import io.keymux.packager.write.WebVttWriter;
import java.util.ArrayList;
import java.util.List;

/** Gives a plan to the engine that writes its container. */
final class Engines {
  private final int workers;
  private final Engine encrypting;

  /**
   * @param workers threads, at least 1
   */
  Engines(int workers, Engine encrypting) {
    this.workers = workers;
    this.encrypting = encrypting;
  }

  /**
   * Refuses what the engine cannot do, as far as that is known without keys.
   *
   * @throws io.keymux.cpix.DrmException naming the field or the track
   */
  void require(PackagingJob job, List<TrackSource> tracks) {
    if (encrypting.bento4() != null) {
      Bento4Limits.require(job, tracks);
    }
  }

  /**
   * Text as files of WebVTT, for HLS.
   *
   * @return one for each of {@link EncryptionPlan#webVtt}
   */
  static List<PackagedTrack> packWebVtt(
      EncryptionPlan plan, StagedOutput output, CancelToken cancel) throws InterruptedException {
    long mpegts = plan.job().container() == Container.TS ? TrackClock.START_TICKS : 0;
    return new WebVttWriter(output, mpegts, cancel).write(plan.webVtt());
  }

  /** One for each of {@link EncryptionPlan#media}. */
  List<PackagedTrack> pack(
      EncryptionPlan plan, StagedOutput output, ProgressListener progress, CancelToken cancel)
      throws InterruptedException {
    PackagingJob job = plan.job();
    Bento4Tools bento4 = encrypting.bento4();
    if (bento4 != null) {
      return new Bento4Engine(bento4, workers)
          .pack(plan.media(), job.layout(), output, progress, cancel);
    }
    if (job.container() == Container.FMP4) {
      return new NativeEngine(workers).pack(plan.media(), job.layout(), output, progress, cancel);
    }
    List<PackagedTrack> tracks = new ArrayList<>();
    for (TsOutput written :
        new TsEngine(workers).pack(TsRendition.all(plan), output, progress, cancel)) {
      tracks.add(packaged(written));
    }
    return tracks;
  }

  private static PackagedTrack packaged(TsOutput written) {
    TrackPlan plan = written.rendition().tracks().get(0);
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < written.segments().size(); s++) {
      Segment segment = written.segments().get(s);
      segments.add(
          new Segment(
              segment.number(),
              segment.path(),
              segment.range(),
              segment.start(),
              segment.duration(),
              PlannedProtection.of(plan, s),
              List.of()));
    }
    return new PackagedTrack(
        plan.source().track(),
        plan.details(),
        plan.part(),
        written.timescale(),
        "",
        new ByteRange(0, 0),
        null,
        segments);
  }
}
