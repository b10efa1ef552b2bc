package io.keymux.api.queue;

import io.keymux.api.store.Attempts;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.output.PublishGuard;

/**
 * Lets output become visible only while the attempt is its job's. It says nothing of cancellation:
 * a cancelled attempt that is still the job's takes back what it wrote.
 */
record AttemptGuard(RunningJob job, Attempts attempts) implements PublishGuard {
  @Override
  public void check() {
    if (!Patience.ask(() -> attempts.isCurrent(job.attempt()))) {
      job.stop(RunningJob.Stop.SUPERSEDED);
      throw new DrmException(
          Blame.OUTPUT,
          "attempt-superseded",
          "Attempt %d of job %s is no longer the job's."
              .formatted(job.attempt().number(), job.attempt().jobId()),
          "Nothing is to be done: another worker took the job over.");
    }
  }

  @Override
  public String owner() {
    return job.attempt().jobId();
  }
}
