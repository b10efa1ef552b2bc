package io.keymux.api.job;

import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns the engine's many calls into a few changes of the job. */
final class ProgressReport implements ProgressListener {
  private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

  private final String id;
  private final JobRunner.Changes changes;
  private @Nullable Stage last;
  private long lastNanos;

  ProgressReport(String id, JobRunner.Changes changes) {
    this.id = id;
    this.changes = changes;
  }

  @Override
  public void progress(Stage stage, long doneBytes, long totalBytes) {
    long now = System.nanoTime();
    boolean entered = stage != last;
    if (!entered && now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    last = stage;
    lastNanos = now;
    if (entered) {
      changes.apply(id, job -> job.state() == JobState.CANCELLING ? job : job.with(state(stage)));
    }
    changes.apply(id, job -> job.with(measured(stage, doneBytes, totalBytes)));
  }

  private static JobState state(Stage stage) {
    return switch (stage) {
      case PREPARING -> JobState.PREPARING;
      case ACQUIRING_KEYS -> JobState.ACQUIRING_KEYS;
      case PACKAGING -> JobState.PACKAGING;
      case VERIFYING, PUBLISHING -> JobState.VERIFYING;
    };
  }

  private static JobProgress measured(Stage stage, long done, long total) {
    double part = total > 0 ? Math.min(1, (double) done / total) : 0;
    int percent =
        switch (stage) {
          case PREPARING, ACQUIRING_KEYS -> 0;
          case PACKAGING -> (int) (part * 80);
          case VERIFYING -> 80 + (int) (part * 19);
          case PUBLISHING -> 99;
        };
    return new JobProgress(percent, state(stage).id(), done, total);
  }
}
