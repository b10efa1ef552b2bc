package io.keymux.keyserver;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The one place that sends HTTP to key servers: bounded in time, size and attempts; no redirects,
 * which would carry credentials elsewhere; no URL in any message.
 *
 * <p>Only failures that a second call cannot make worse are tried again: no connection came about,
 * or the server said "not now". A call that broke off halfway is the caller's to repeat. Safe for
 * use by several threads.
 */
final class HttpExchange {
  /** A server that wants a longer pause than this is not waited for. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(10);

  private final HttpLimits limits;
  private final CallAuthorizer authorizer;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final HttpClient client;

  HttpExchange(
      HttpLimits limits, CallAuthorizer authorizer, RandomGenerator random, LongSupplier nanoTime) {
    this.limits = limits;
    this.authorizer = authorizer;
    this.random = random;
    this.nanoTime = nanoTime;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .build();
  }

  /**
   * Sends {@code call}, again where that is safe.
   *
   * @return the first answer that does not ask to come back later, or the last that does; with any
   *     status
   * @throws KeyExchangeException with code {@code key-server-unreachable}, {@code
   *     key-server-timeout} or {@code key-response-too-large}
   * @throws InterruptedException if the thread is interrupted; the call is then abandoned
   */
  HttpAnswer send(KeyServerCall call) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + limits.total().toNanos();
    for (int number = 1; ; number++) {
      Attempt attempt = attempt(authorizer.authorize(call), deadline);
      Duration pause = number < limits.attempts() ? pause(attempt, number) : null;
      if (pause == null || pause.toNanos() >= deadline - nanoTime.getAsLong()) {
        return attempt.outcome();
      }
      attempt.discard();
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
  }

  /** How long to wait before trying again, or null if that is not safe or asks too much. */
  private @Nullable Duration pause(Attempt attempt, int number) {
    Duration wanted = Duration.ZERO;
    if (attempt.answer() != null) {
      if (!KeyExchangeException.isTransient(attempt.answer().status())) {
        return null;
      }
      wanted = RetryAfter.of(attempt.answer().headers());
      if (wanted.compareTo(LONGEST_RETRY_AFTER) > 0) {
        return null;
      }
    } else if (!attempt.neverSent()) {
      return null;
    }
    Duration jitter =
        Duration.ofNanos((long) (random.nextDouble() * limits.pauseAfter(number).toNanos()));
    return wanted.plus(jitter);
  }

  private Attempt attempt(KeyServerCall call, long deadline) throws InterruptedException {
    long left = Math.max(1, deadline - nanoTime.getAsLong());
    Duration limit = Duration.ofNanos(Math.min(left, limits.attempt().toNanos()));
    int cap = limits.responseBytes();
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(
            request(call, limit),
            info -> new CappedBody(cap, () -> KeyExchangeException.tooLarge(call.host(), cap)));
    try {
      HttpResponse<byte[]> response = pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return Attempt.answered(
          new HttpAnswer(response.statusCode(), response.headers(), response.body()));
    } catch (TimeoutException e) {
      return Attempt.failed(KeyExchangeException.timeout(call.host(), limit), false);
    } catch (ExecutionException e) {
      return failure(call.host(), limit, e.getCause());
    } finally {
      // Closes the connection unless the exchange is over.
      pending.cancel(true);
    }
  }

  private static HttpRequest request(KeyServerCall call, Duration limit) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(limit);
    call.headers().forEach(request::setHeader);
    return request
        .method(
            call.method(),
            call.body().isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(call.body().toArray()))
        .build();
  }

  /** The causes are told apart here and dropped: the client quotes bytes that it cannot parse. */
  private Attempt failure(String host, Duration limit, @Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof KeyExchangeException tooLarge) {
        return Attempt.failed(tooLarge, false);
      }
      if (at instanceof UnresolvedAddressException) {
        return Attempt.failed(
            KeyExchangeException.unreachable(host, "its name is not known"), true);
      }
    }
    if (cause instanceof HttpConnectTimeoutException) {
      String what = "no connection within " + limits.connect().toMillis() + " ms";
      return Attempt.failed(KeyExchangeException.unreachable(host, what), true);
    }
    if (cause instanceof HttpTimeoutException) {
      return Attempt.failed(KeyExchangeException.timeout(host, limit), false);
    }
    if (cause instanceof ConnectException) {
      return Attempt.failed(
          KeyExchangeException.unreachable(host, "no connection came about"), true);
    }
    if (cause instanceof SSLException) {
      return Attempt.failed(
          KeyExchangeException.unreachable(host, "no secure connection came about"), false);
    }
    if (cause instanceof IOException) {
      return Attempt.failed(
          KeyExchangeException.unreachable(
              host, "the connection broke before the answer was complete"),
          false);
    }
    throw new IllegalStateException("unexpected failure of an HTTP call", cause);
  }

  /**
   * How one attempt ended: exactly one of answer and failure is there.
   *
   * @param neverSent true if the server cannot have seen the call
   */
  private record Attempt(
      @Nullable HttpAnswer answer, @Nullable KeyExchangeException failure, boolean neverSent) {

    static Attempt answered(HttpAnswer answer) {
      return new Attempt(answer, null, false);
    }

    static Attempt failed(KeyExchangeException failure, boolean neverSent) {
      return new Attempt(null, failure, neverSent);
    }

    HttpAnswer outcome() {
      if (answer != null) {
        return answer;
      }
      throw failure != null ? failure : new IllegalStateException("an attempt without outcome");
    }

    void discard() {
      if (answer != null) {
        answer.close();
      }
    }
  }
}
