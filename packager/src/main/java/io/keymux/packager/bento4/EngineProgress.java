package io.keymux.packager.bento4;

import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.plan.TrackPlan;
import java.util.List;

/**
 * The progress of all steps of all tracks: a track that is encrypted passes three times, through
 * two programs and the writer. A program tells nothing itself, so the growth of its file counts.
 */
final class EngineProgress {
  private static final int PASSES = 3;

  private final ProgressListener listener;
  private final long total;
  private long before;
  private long reportedPercent = -1;

  EngineProgress(List<TrackPlan> plans, ProgressListener listener) {
    this.listener = listener;
    this.total =
        plans.stream()
            .mapToLong(plan -> bytes(plan) * (plan.encryption() == null ? 1 : PASSES))
            .sum();
  }

  static long bytes(TrackPlan plan) {
    return plan.source().media().samples().totalBytes();
  }

  /**
   * Within a step.
   *
   * @param done bytes of {@code all}
   */
  void at(long done, long all) {
    long bytes = before + Math.min(done, all);
    long percent = total == 0 ? 100 : bytes * 100 / total;
    if (percent > reportedPercent) {
      reportedPercent = percent;
      listener.progress(Stage.PACKAGING, bytes, total);
    }
  }

  /**
   * At the end of a step.
   *
   * @param bytes that passed
   */
  void end(long bytes) {
    at(bytes, bytes);
    before += bytes;
  }
}
