package io.keymux.packager.output;

/**
 * Decides whether output may become visible: for those who run jobs in several places, one of which
 * may have taken over a job that another still works on.
 */
@FunctionalInterface
public interface PublishGuard {
  /** Nobody objects. */
  PublishGuard NONE = () -> {};

  /**
   * Called before each step of publishing, on the thread that runs the job.
   *
   * @throws io.keymux.cpix.DrmException to stop; what was published of this run is taken back
   */
  void check();
}
