package io.keymux.api.queue;

import io.keymux.api.store.Attempt;
import io.keymux.packager.job.CancelToken;

/** A job that a worker of this process runs. */
final class RunningJob {
  private final Attempt attempt;
  private final CancelToken cancel = new CancelToken();
  private volatile Stop stop = Stop.NONE;

  RunningJob(Attempt attempt) {
    this.attempt = attempt;
  }

  /** Why a job is stopped. */
  enum Stop {
    NONE,
    /** A client asked for it. */
    CANCELLED,
    /** Another attempt has begun: nothing of this one counts any more. */
    SUPERSEDED,
    /** The service ends; another worker goes on. */
    GIVEN_BACK
  }

  Attempt attempt() {
    return attempt;
  }

  CancelToken cancelToken() {
    return cancel;
  }

  Stop stopped() {
    return stop;
  }

  /** Stops the job; the first reason counts, but a superseded attempt is that in any case. */
  synchronized void stop(Stop why) {
    if (stop == Stop.NONE || why == Stop.SUPERSEDED) {
      stop = why;
    }
    cancel.cancel();
  }
}
