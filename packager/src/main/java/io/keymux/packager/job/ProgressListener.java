package io.keymux.packager.job;

/**
 * Told how far a job is. Called from the engine's threads, one call at a time; must return quickly
 * and must not throw.
 */
@FunctionalInterface
public interface ProgressListener {
  ProgressListener NONE = (stage, doneBytes, totalBytes) -> {};

  /**
   * @param doneBytes media bytes of this stage that are done
   * @param totalBytes media bytes of this stage in all; 0 if the stage handles none
   */
  void progress(Stage stage, long doneBytes, long totalBytes);
}
