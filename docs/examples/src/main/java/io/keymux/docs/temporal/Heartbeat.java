package io.keymux.docs.temporal;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal how far a job is, four times in each heartbeat timeout, and the job when Temporal
 * wants no more of it: the workflow was cancelled, the attempt timed out, or the worker shuts down.
 */
final class Heartbeat implements ProgressListener, AutoCloseable {
  private final ActivityExecutionContext context;
  private final CancelToken cancel;
  private volatile PackagingProgress progress = new PackagingProgress(Stage.PREPARING, 0, 0);
  private volatile @Nullable ActivityCompletionException end;
  private volatile @Nullable ScheduledFuture<?> beats;

  private Heartbeat(ActivityExecutionContext context, CancelToken cancel) {
    this.context = context;
    this.cancel = cancel;
  }

  static Heartbeat start(
      ActivityExecutionContext context, ScheduledExecutorService timer, CancelToken cancel) {
    Heartbeat heartbeat = new Heartbeat(context, cancel);
    long period = Math.max(1, context.getInfo().getHeartbeatTimeout().toMillis() / 4);
    heartbeat.beats =
        timer.scheduleWithFixedDelay(heartbeat::beat, 0, period, TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  @Override
  public void progress(Stage stage, long doneBytes, long totalBytes) {
    progress = new PackagingProgress(stage, doneBytes, totalBytes);
  }

  private void beat() {
    try {
      context.heartbeat(progress);
    } catch (ActivityCompletionException e) {
      end = e;
      cancel.cancel();
    }
  }

  /** What Temporal has to be answered with if it was Temporal that ended the job. */
  void rethrowCancellation() {
    ActivityCompletionException cause = end;
    if (cause != null) {
      throw cause;
    }
  }

  @Override
  public void close() {
    ScheduledFuture<?> running = beats;
    if (running != null) {
      running.cancel(false);
    }
  }
}
