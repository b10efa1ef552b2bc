package io.keymux.api.queue;

import io.keymux.api.database.DatabaseException;
import io.keymux.api.job.JobProgress;
import io.keymux.api.job.JobState;
import io.keymux.api.store.Attempts;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the engine's many calls into a few rows. */
final class ProgressReport implements ProgressListener {
  private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

  private static final Logger log = LoggerFactory.getLogger(ProgressReport.class);

  private final RunningJob job;
  private final Attempts attempts;
  private final Runnable changed;

  /** The attempt began with it. */
  private Stage last = Stage.PREPARING;

  private long lastNanos = System.nanoTime();
  private long stageNanos = lastNanos;

  /**
   * @param changed called after each row
   */
  ProgressReport(RunningJob job, Attempts attempts, Runnable changed) {
    this.job = job;
    this.attempts = attempts;
    this.changed = changed;
  }

  @Override
  public synchronized void progress(Stage stage, long doneBytes, long totalBytes) {
    long now = System.nanoTime();
    boolean entered = stage != last;
    if (!entered && now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    if (entered) {
      stageNanos = now;
    }
    boolean other = state(last) != state(stage);
    last = stage;
    lastNanos = now;
    JobProgress measured = measured(stage, doneBytes, totalBytes, now - stageNanos);
    try {
      if (attempts.report(job.attempt(), other ? state(stage) : null, measured)) {
        changed.run();
      } else {
        job.stop(RunningJob.Stop.SUPERSEDED);
      }
    } catch (DatabaseException e) {
      // Progress is worth nothing beside the job: whether it may end is asked with patience.
      log.warn("the progress of job {} was not kept: {}", job.attempt().jobId(), e.problem());
    }
  }

  private static JobState state(Stage stage) {
    return switch (stage) {
      case PREPARING -> JobState.PREPARING;
      case ACQUIRING_KEYS -> JobState.ACQUIRING_KEYS;
      case PACKAGING -> JobState.PACKAGING;
      case VERIFYING -> JobState.VERIFYING;
      case PUBLISHING -> JobState.UPLOADING;
    };
  }

  private static JobProgress measured(Stage stage, long done, long total, long nanos) {
    double part = total > 0 ? Math.min(1, (double) done / total) : 0;
    int percent =
        switch (stage) {
          case PREPARING, ACQUIRING_KEYS -> 0;
          case PACKAGING -> (int) (part * 80);
          case VERIFYING -> 80 + (int) (part * 19);
          case PUBLISHING -> 99;
        };
    Integer eta =
        part == 0 || nanos < INTERVAL_NANOS
            ? null
            : (int) Math.min(Integer.MAX_VALUE, Math.ceil(nanos / 1e9 * (1 - part) / part));
    return new JobProgress(percent, state(stage).id(), done, total, eta);
  }
}
