package io.keymux.keyserver.http;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The one place that sends HTTP to key servers: bounded in time, size and attempts, to addresses
 * that the policy allows, with no URL in any message and no line in any log.
 *
 * <p>Only failures that a second call cannot make worse are tried again: no connection came about,
 * or the server said "not now". A call that broke off halfway is the caller's to repeat. A refusal
 * (401, 403) is answered once with fresh credentials, if the authorizer has any. Safe for use by
 * several threads.
 */
public final class HttpExchange implements AutoCloseable {
  /** A server that wants a longer pause than this is not waited for. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(10);

  /** A shutdown does not wait for a key server that is gone. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  /** Waiting threads, not working ones: sockets of this kind cannot be interrupted. */
  private static final ExecutorService CALLS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "keymux-key-server-call");
            thread.setDaemon(true);
            return thread;
          });

  private final HttpLimits limits;
  private final CallAuthorizer authorizer;
  private final HttpSettings settings;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  /**
   * @param random for pauses
   * @param nanoTime as {@link System#nanoTime}
   */
  HttpExchange(
      HttpSettings settings,
      CallAuthorizer authorizer,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.limits = settings.limits();
    this.authorizer = authorizer;
    this.settings = settings;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /**
   * Sends {@code call}, again where that is safe.
   *
   * @return the first answer that does not ask to come back later, or the last that does; with any
   *     status but 401 and 403
   * @throws KeyExchangeException with code {@code key-server-unreachable}, {@code
   *     key-server-untrusted}, {@code key-server-timeout}, {@code key-server-address-refused},
   *     {@code key-response-too-large}, {@code key-response-invalid}, or what the authorizer makes
   *     of a refusal, as {@code key-server-unauthorized}
   * @throws InterruptedException if the thread is interrupted; the call is then abandoned
   */
  public HttpAnswer send(KeyServerCall call) throws InterruptedException {
    return send(call, deadline());
  }

  /** The end of an exchange of several calls that begins now. */
  public Deadline deadline() {
    return new Deadline(nanoTime, limits.total());
  }

  /**
   * Sends one call of an exchange of several.
   *
   * @param deadline of all of them together
   * @return as {@link #send(KeyServerCall)}
   * @throws KeyExchangeException as {@link #send(KeyServerCall)}
   * @throws InterruptedException as {@link #send(KeyServerCall)}
   */
  public HttpAnswer send(KeyServerCall call, Deadline deadline) throws InterruptedException {
    boolean renewed = false;
    while (true) {
      Authorized sent = new Authorized(deadline);
      HttpAnswer answer = sent.send(call);
      if (answer.status() != 401 && answer.status() != 403) {
        return answer;
      }
      try (answer) {
        if (renewed || !authorizer.renew(sent.last(), answer)) {
          throw authorizer.refusal(call.host(), answer.status());
        }
        renewed = true;
      }
    }
  }

  /** Gives back what the authorizer holds, as a login, within two seconds. */
  @Override
  public void close() {
    Duration total = limits.total();
    Duration limit = total.compareTo(LONGEST_CLOSE) < 0 ? total : LONGEST_CLOSE;
    authorizer.close(new Plain(new Deadline(nanoTime, limit)));
  }

  /** Repeats attempts inside one deadline; each has its call made anew. */
  private abstract class Repeated implements CallSender {
    final Deadline deadline;

    Repeated(Deadline deadline) {
      this.deadline = deadline;
    }

    abstract KeyServerCall next(KeyServerCall call) throws InterruptedException;

    @Override
    public Duration left() {
      return deadline.left();
    }

    @Override
    public HttpAnswer send(KeyServerCall call) throws InterruptedException {
      KeyServerCall at = call;
      int redirects = 0;
      for (int number = 1; ; number++) {
        Attempt attempt = attempt(next(at), deadline);
        KeyServerCall other = attempt.redirected(at, redirects);
        if (other != null) {
          redirects++;
          number--;
          at = other;
          attempt.discard();
          continue;
        }
        Duration pause = number < limits.attempts() ? pause(attempt, number) : null;
        if (pause == null || pause.compareTo(deadline.left()) >= 0) {
          return attempt.outcome();
        }
        attempt.discard();
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    }
  }

  /** Calls of the authorizer itself. */
  private final class Plain extends Repeated {
    Plain(Deadline deadline) {
      super(deadline);
    }

    @Override
    KeyServerCall next(KeyServerCall call) {
      return call;
    }
  }

  /** Calls that the authorizer proves. */
  private final class Authorized extends Repeated {
    private @Nullable KeyServerCall last;

    Authorized(Deadline deadline) {
      super(deadline);
    }

    @Override
    KeyServerCall next(KeyServerCall call) throws InterruptedException {
      KeyServerCall proved = authorizer.authorize(call, new Plain(deadline));
      last = proved;
      return proved;
    }

    KeyServerCall last() {
      if (last == null) {
        throw new IllegalStateException("nothing was sent");
      }
      return last;
    }
  }

  /** How long to wait before trying again, or null if that is not safe or asks too much. */
  private @Nullable Duration pause(Attempt attempt, int number) {
    Duration wanted = Duration.ZERO;
    if (attempt.answer() != null) {
      if (!KeyExchangeException.isTransient(attempt.answer().status())) {
        return null;
      }
      wanted = RetryAfter.of(attempt.answer());
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

  private Attempt attempt(KeyServerCall call, Deadline deadline) throws InterruptedException {
    Duration limit = deadline.atMost(limits.attempt());
    Duration connect = deadline.atMost(limits.connect());
    try (OpenCall open = new OpenCall(call, settings, connect)) {
      Future<HttpAnswer> pending = CALLS.submit(open);
      try {
        return Attempt.answered(pending.get(limit.toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return open.stage() == OpenCall.Stage.SENDING
            ? Attempt.failed(KeyExchangeException.timeout(call.host(), limit), false)
            : noConnection(call.host(), limit);
      } catch (ExecutionException e) {
        return failure(call.host(), connect, open.stage(), e.getCause());
      }
    }
  }

  /** The causes are told apart here and dropped: libraries quote bytes that they cannot parse. */
  private static Attempt failure(
      String host, Duration connect, OpenCall.Stage stage, @Nullable Throwable cause) {
    if (cause instanceof KeyExchangeException known) {
      return Attempt.failed(known, false);
    }
    if (cause instanceof UnknownHostException) {
      return Attempt.failed(KeyExchangeException.unreachable(host, "its name is not known"), true);
    }
    // In TLS 1.3 a server says only after the handshake that it wants another client certificate.
    if (cause instanceof SSLHandshakeException
        || (cause instanceof SSLException && stage != OpenCall.Stage.SENDING)) {
      return Attempt.failed(KeyExchangeException.untrusted(host), false);
    }
    if (cause instanceof IOException && stage == OpenCall.Stage.SENDING) {
      return Attempt.failed(
          KeyExchangeException.unreachable(
              host, "the connection broke before the answer was complete"),
          false);
    }
    if (cause instanceof SocketTimeoutException) {
      return noConnection(host, connect);
    }
    if (cause instanceof SocketException || cause instanceof IOException) {
      return Attempt.failed(
          KeyExchangeException.unreachable(host, "no connection came about"), true);
    }
    throw new IllegalStateException("unexpected failure of an HTTP call", cause);
  }

  private static Attempt noConnection(String host, Duration limit) {
    String what = "no connection within " + limit.toMillis() + " ms";
    return Attempt.failed(KeyExchangeException.unreachable(host, what), true);
  }
}
