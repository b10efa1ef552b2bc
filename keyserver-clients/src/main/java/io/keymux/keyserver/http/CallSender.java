package io.keymux.keyserver.http;

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
}
