package io.keymux.docs.worker;

import io.keymux.packager.JobResult;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Stage;
import java.util.concurrent.CompletableFuture;

/** A job that waits, runs or is done. Safe for use by several threads. */
public final class QueuedJob {
  private final PackagingJob job;
  private final CancelToken cancelToken = new CancelToken();
  private final CompletableFuture<JobResult> result = new CompletableFuture<>();
  private volatile Progress progress = new Progress(Stage.PREPARING, 0, 0);

  /**
   * How far a job is.
   *
   * @param doneBytes media bytes of this stage that are done
   * @param totalBytes media bytes of this stage in all; 0 if the stage handles none
   */
  public record Progress(Stage stage, long doneBytes, long totalBytes) {}

  QueuedJob(PackagingJob job) {
    this.job = job;
  }

  /** Stops the job, also one that still waits: the result then fails with code cancelled. */
  public void cancel() {
    cancelToken.cancel();
  }

  /** What was told last; {@code PREPARING} while the job waits. */
  public Progress progress() {
    return progress;
  }

  /** Completes when the output is published, and exceptionally when nothing was published. */
  public CompletableFuture<JobResult> result() {
    return result;
  }

  PackagingJob job() {
    return job;
  }

  CancelToken cancelToken() {
    return cancelToken;
  }

  void progress(Stage stage, long doneBytes, long totalBytes) {
    progress = new Progress(stage, doneBytes, totalBytes);
  }
}
