package io.keymux.api.job;

import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.problem.Problem;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs on a fixed number of threads, first come, first served. */
final class JobRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final long STOP_SECONDS = 30;

  private final JobEngine engine;
  private final Changes changes;
  private final Clock clock;
  private final int queueLimit;
  private final ThreadPoolExecutor workers;
  private final Map<String, CancelToken> running = new ConcurrentHashMap<>();

  /** How the runner tells of a job's new state. */
  @FunctionalInterface
  interface Changes {
    Job apply(String id, UnaryOperator<Job> change);
  }

  JobRunner(JobEngine engine, Changes changes, Clock clock, int workers, int queueLimit) {
    this.engine = engine;
    this.changes = changes;
    this.clock = clock;
    this.queueLimit = queueLimit;
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            workers,
            workers,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "keymux-job-" + number.incrementAndGet()));
  }

  /**
   * @throws RequestException with status 503 if too many jobs wait
   */
  void requireRoom() {
    if (workers.getQueue().size() >= queueLimit || workers.isShutdown()) {
      throw RequestException.busy(queueLimit + " jobs wait already, or the service is stopping.");
    }
  }

  void start(String id, PreparedJob job) {
    CancelToken token = new CancelToken();
    running.put(id, token);
    workers.execute(() -> run(id, job, token));
  }

  void cancel(String id) {
    CancelToken token = running.get(id);
    if (token == null) {
      return;
    }
    token.cancel();
    changes.apply(
        id,
        job ->
            job.state() == JobState.QUEUED
                ? job.finished(JobState.CANCELLED, clock.instant(), null)
                : job.with(JobState.CANCELLING));
  }

  private void run(String id, PreparedJob job, CancelToken token) {
    try {
      if (token.isCancelled()) {
        return;
      }
      changes.apply(id, found -> found.started(clock.instant()));
      engine.run(job, new ProgressReport(id, changes), token);
      finish(id, JobState.SUCCEEDED, null);
    } catch (InterruptedException e) {
      finish(id, JobState.CANCELLED, null);
      Thread.currentThread().interrupt();
    } catch (DrmException e) {
      if (token.isCancelled()) {
        finish(id, JobState.CANCELLED, null);
      } else {
        finish(id, JobState.FAILED, ErrorMapping.describe(e));
      }
    } catch (RuntimeException | Error e) {
      log.error("job {} failed", id, e);
      finish(id, JobState.FAILED, ErrorMapping.bug());
    } finally {
      running.remove(id);
    }
  }

  private void finish(String id, JobState end, @Nullable Problem why) {
    changes.apply(id, job -> job.finished(end, clock.instant(), why));
  }

  @Override
  public void close() {
    workers.shutdown();
    running.keySet().forEach(this::cancel);
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
