package io.keymux.keyserver.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who fetches, who waits, and for how long. */
@Timeout(20)
class SharedValueTest {
  private final SharedValue<String> shared = new SharedValue<>(value -> !value.equals("expired"));
  private final AtomicInteger fetches = new AtomicInteger();

  @Test
  void get_manyThreads_fetchOnce() throws Exception {
    List<String> values =
        TestServer.together(
            20,
            () ->
                get(
                    () -> {
                      Thread.sleep(50);
                      return "v" + fetches.incrementAndGet();
                    }));

    assertThat(values).containsOnly("v1");
  }

  @Test
  void get_unusable_fetchesAgain() throws Exception {
    assertThat(get(() -> "expired")).isEqualTo("expired");
    assertThat(get(() -> "fresh")).isEqualTo("fresh");
    assertThat(get(() -> "fresher")).isEqualTo("fresh");
  }

  @Test
  void drop_onlyTheOneThatIsThere() throws Exception {
    get(() -> "a");
    assertThat(shared.drop("b")).isFalse();
    assertThat(shared.current()).isEqualTo("a");
    assertThat(shared.drop("a")).isTrue();
    assertThat(shared.drop("a")).isFalse();
    assertThat(get(() -> "b")).isEqualTo("b");
    assertThat(shared.take()).isEqualTo("b");
    assertThat(shared.take()).isNull();
  }

  @Test
  void get_fetchFails_waitersShareTheFailureAndTheNextTriesAgain() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Throwable> waiter = new CompletableFuture<>();
    Throwable first =
        catchThrowable(
            () ->
                get(
                    () -> {
                      start(waiter, waiting);
                      throw KeyExchangeException.loginFailed("k.example", "the login", 401);
                    }));

    assertThat(waiter.get()).isSameAs(first);
    assertThat(fetches).hasValue(0);
    assertThat(get(() -> "good")).isEqualTo("good");
  }

  @Test
  void get_fetchingThreadIsInterrupted_waiterTakesOver() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Throwable> waiter = new CompletableFuture<>();

    assertThatThrownBy(
            () ->
                get(
                    () -> {
                      start(waiter, waiting);
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(waiter.get()).isNull();
    assertThat(fetches).hasValue(1);
    assertThat(shared.current()).isEqualTo("taken over");
  }

  @Test
  void get_exchangeOfTheWaiterIsOver_isTimeout() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    get(
        () -> {
          Thread other =
              new Thread(
                  () ->
                      seen.set(
                          catchThrowable(
                              () -> shared.get("k.example", lasting(40), () -> "never"))));
          other.start();
          other.join();
          return "late";
        });

    assertThat(seen.get())
        .isInstanceOfSatisfying(
            KeyExchangeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("key-server-timeout");
              assertThat(e.retryable()).isTrue();
            })
        .hasMessageContaining("k.example");
  }

  @Test
  void get_waiterIsInterrupted_leaves() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    get(
        () -> {
          Thread other =
              new Thread(
                  () ->
                      seen.set(
                          catchThrowable(
                              () -> shared.get("k.example", lasting(9_000), () -> "never"))));
          other.start();
          other.interrupt();
          other.join();
          return "late";
        });

    assertThat(seen.get()).isInstanceOf(InterruptedException.class);
  }

  /** A second thread, which waits when this returns. */
  private void start(CompletableFuture<Throwable> result, CountDownLatch waiting)
      throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              waiting.countDown();
              result.complete(
                  catchThrowable(
                      () ->
                          get(
                              () -> {
                                fetches.incrementAndGet();
                                return "taken over";
                              })));
            });
    thread.start();
    waiting.await();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
  }

  private String get(SharedValue.Source<String> source) throws InterruptedException {
    return shared.get("k.example", lasting(10_000), source);
  }

  private static CallSender lasting(int millis) {
    return new CallSender() {
      @Override
      public HttpAnswer send(KeyServerCall call) {
        throw new AssertionError("nothing is to be sent");
      }

      @Override
      public Duration left() {
        return Duration.ofMillis(millis);
      }
    };
  }
}
