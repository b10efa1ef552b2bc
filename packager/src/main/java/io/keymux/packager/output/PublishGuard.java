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

  /**
   * Who this run is an attempt of. It stands in the name of the hidden folder that files are
   * written to, {@code .attempt-<owner>-<random>}: by it they can be told from those of others that
   * write to the same folder when a run was killed.
   *
   * @return letters, digits and hyphens; empty for a run that nobody repeats
   */
  default String owner() {
    return "";
  }
}
