package io.keymux.docs.worker;

import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs jobs in the order that they come, one at a time, since one uses all processors. What waits
 * is in memory only: who needs it to outlive the process takes a queue outside.
 */
public final class QueueWorker {
  private final Keymux packager;
  private final ThreadPoolExecutor executor;
  private final Set<QueuedJob> open = ConcurrentHashMap.newKeySet();

  /**
   * @param waiting how many jobs may wait, at least 1
   */
  public QueueWorker(Keymux packager, int waiting) {
    this.packager = packager;
    this.executor =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting));
  }

  /**
   * Takes a job and returns at once.
   *
   * @throws RejectedExecutionException if too many wait already, or the worker was stopped
   */
  public QueuedJob submit(PackagingJob job) {
    QueuedJob queued = new QueuedJob(job);
    open.add(queued);
    try {
      executor.execute(() -> run(queued));
    } catch (RejectedExecutionException e) {
      open.remove(queued);
      throw e;
    }
    return queued;
  }

  private void run(QueuedJob queued) {
    try {
      JobResult result = packager.run(queued.job(), queued::progress, queued.cancelToken());
      queued.result().complete(result);
    } catch (InterruptedException | RuntimeException e) {
      queued.result().completeExceptionally(e);
    } finally {
      open.remove(queued);
    }
  }

  /**
   * Takes no more jobs, cancels all that are not done, and waits until the last one has stopped.
   */
  public void stop() throws InterruptedException {
    executor.shutdown();
    open.forEach(QueuedJob::cancel);
    executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }
}
