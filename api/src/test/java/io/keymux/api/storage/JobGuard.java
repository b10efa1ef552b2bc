package io.keymux.api.storage;

import io.keymux.packager.output.PublishGuard;

/**
 * Of a job's attempts.
 *
 * @param each done whenever it is asked
 */
record JobGuard(Runnable each, String owner) implements PublishGuard {
  @Override
  public void check() {
    each.run();
  }
}
