package io.keymux.keyserver.http;

import java.time.Duration;

/** Sends what an authorizer needs on the way: a login, a ticket, a token. */
@FunctionalInterface
public interface CallSender {

  /**
   * Sends {@code call} as it is, inside the deadline of the exchange that it is for, again where
   * that is safe.
   *
   * @return an answer of any status; the caller closes it
   * @throws KeyExchangeException as {@link HttpExchange#send}, but never for a status
   * @throws InterruptedException if the thread is interrupted; the call is then abandoned
   */
  HttpAnswer send(KeyServerCall call) throws InterruptedException;

  /**
   * How long the exchange may still last, for an authorizer that waits for another thread; negative
   * when it is over.
   */
  default Duration left() {
    return HttpLimits.DEFAULT.total();
  }
}
