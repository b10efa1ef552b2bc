package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyExchangeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A login, token or ticket that all threads use: one of them gets it, the others wait for that, and
 * share its failure too, so that a wrong password is tried once and no account is locked.
 */
final class SharedValue<T> {

  /** Gets a new one. */
  interface Source<T> {
    T fetch() throws InterruptedException;
  }

  private final Predicate<T> usable;
  private @Nullable T value;
  private @Nullable CompletableFuture<Optional<T>> pending;

  /**
   * @param usable whether a value that is kept may still be used
   */
  SharedValue(Predicate<T> usable) {
    this.usable = usable;
  }

  /**
   * @param host where it comes from, for the message
   * @param sender of the exchange that needs it, which says how long to wait
   * @throws KeyExchangeException as {@code source}, in this or another thread; with code {@code
   *     key-server-timeout} if another thread gets it, but not while this exchange lasts
   */
  T get(String host, CallSender sender, Source<T> source) throws InterruptedException {
    while (true) {
      CompletableFuture<Optional<T>> mine = null;
      CompletableFuture<Optional<T>> other;
      synchronized (this) {
        if (value != null && usable.test(value)) {
          return value;
        }
        other = pending;
        if (other == null) {
          mine = new CompletableFuture<>();
          pending = mine;
        }
      }
      if (mine != null) {
        return fetch(mine, source);
      }
      Optional<T> shared = other == null ? Optional.empty() : await(host, sender.left(), other);
      if (shared.isPresent()) {
        return shared.get();
      }
    }
  }

  /**
   * Forgets {@code refused}, unless another one has taken its place.
   *
   * @return whether it was forgotten
   */
  synchronized boolean drop(T refused) {
    boolean current = refused.equals(value);
    if (current) {
      value = null;
    }
    return current;
  }

  synchronized @Nullable T current() {
    return value;
  }

  /** Forgets the value and gives it to exactly one caller. */
  synchronized @Nullable T take() {
    T taken = value;
    value = null;
    return taken;
  }

  private T fetch(CompletableFuture<Optional<T>> mine, Source<T> source)
      throws InterruptedException {
    T fetched = null;
    try {
      fetched = source.fetch();
      return fetched;
    } catch (KeyExchangeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      synchronized (this) {
        value = fetched;
        pending = null;
      }
      // No value and no failure: this thread gave up, so another one takes over.
      mine.complete(Optional.ofNullable(fetched));
    }
  }

  private Optional<T> await(String host, Duration left, CompletableFuture<Optional<T>> other)
      throws InterruptedException {
    try {
      return other.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw KeyExchangeException.timeout(host, left.isNegative() ? Duration.ZERO : left);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeyExchangeException known) {
        throw known;
      }
      throw new IllegalStateException("unexpected failure of a login", e.getCause());
    }
  }
}
