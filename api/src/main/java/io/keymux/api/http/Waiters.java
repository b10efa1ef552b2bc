package io.keymux.api.http;

import io.keymux.api.problem.RequestException;
import java.util.concurrent.Semaphore;

/** Limits how many requests may hold a thread while they wait for a job. */
final class Waiters {
  private final Semaphore places;

  Waiters(int limit) {
    places = new Semaphore(limit);
  }

  /**
   * Takes a place; {@link #leave} gives it back.
   *
   * @throws RequestException with status 503 if all are taken
   */
  void enter() {
    if (!places.tryAcquire()) {
      throw RequestException.busy("Too many clients wait for jobs.");
    }
  }

  void leave() {
    places.release();
  }
}
