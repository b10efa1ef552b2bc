package io.keymux.api.http;

import io.keymux.api.problem.RequestException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Limits how many requests may wait for jobs. */
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

  /**
   * Holds a place until something has come.
   *
   * @throws RequestException as {@link #enter}
   */
  <T> CompletableFuture<T> hold(Supplier<CompletableFuture<T>> awaited) {
    enter();
    try {
      return awaited.get().whenComplete((value, failure) -> leave());
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
  }

  void leave() {
    places.release();
  }
}
