package io.keymux.packager.job;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/** Lets one thread stop a job that runs in others. A cancelled job leaves no output behind. */
public final class CancelToken {
  private volatile boolean cancelled;

  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * @throws DrmException with code {@value #CODE} once {@link #cancel} was called
   */
  public void check() {
    if (cancelled) {
      throw new DrmException(
          Blame.CALLER, CODE, "The job was cancelled.", "Nothing was published; run it again.");
    }
  }

  public static final String CODE = "cancelled";
}
