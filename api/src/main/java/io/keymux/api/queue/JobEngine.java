package io.keymux.api.queue;

import io.keymux.api.job.PreparedJob;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.output.PublishGuard;

/** What does the work of a job. */
@FunctionalInterface
public interface JobEngine {

  /**
   * Packages, verifies and publishes on the calling thread.
   *
   * @param guard asked before anything becomes visible or is taken back; it does not throw on
   *     cancellation
   * @throws io.keymux.cpix.DrmException if any step fails; nothing is published then
   */
  void run(PreparedJob job, ProgressListener progress, CancelToken cancel, PublishGuard guard)
      throws InterruptedException;
}
