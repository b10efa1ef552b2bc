package io.keymux.api.job;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;

/** What does the work of a job. */
@FunctionalInterface
public interface JobEngine {

  /**
   * Packages, verifies and publishes on the calling thread.
   *
   * @throws io.keymux.cpix.DrmException if any step fails; nothing is published then
   */
  void run(PreparedJob job, ProgressListener progress, CancelToken cancel)
      throws InterruptedException;
}
