package io.keymux.api.metrics;

import io.keymux.api.job.PreparedJob;
import io.keymux.api.queue.JobEngine;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.output.PublishGuard;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures attempts of jobs, and what they package.
 *
 * @param engine that does the work
 */
public record MeasuredEngine(JobEngine engine, Meters meters) implements JobEngine {

  @Override
  public void run(
      PreparedJob job, ProgressListener progress, CancelToken cancel, PublishGuard guard)
      throws InterruptedException {
    AtomicLong counted = new AtomicLong();
    ProgressListener counting =
        (stage, done, total) -> {
          if (stage == Stage.PACKAGING) {
            long before = counted.getAndAccumulate(done, Math::max);
            meters.packaged(Math.max(0, done - before));
          }
          progress.progress(stage, done, total);
        };
    long start = System.nanoTime();
    String outcome = "internal";
    try {
      engine.run(job, counting, cancel, guard);
      outcome = "ok";
    } catch (DrmException e) {
      outcome = e.code();
      throw e;
    } catch (InterruptedException e) {
      outcome = "interrupted";
      throw e;
    } finally {
      meters.attempt(outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
