package io.keymux.keyserver.http;

/**
 * Adds to a call what proves who is asking: a header, a signature, a ticket in the query.
 *
 * <p>It is asked anew before every attempt, so that signatures and tickets are fresh.
 * Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface CallAuthorizer {

  /**
   * @param sender for calls that are needed first, as a login
   * @return the call to send; it goes to the same host
   * @throws KeyExchangeException with code {@code key-server-login-failed} if a login is refused,
   *     or as {@link CallSender#send}
   * @throws InterruptedException if the thread is interrupted while it waits for a ticket
   */
  KeyServerCall authorize(KeyServerCall call, CallSender sender) throws InterruptedException;

  /**
   * Told that a call was refused with 401 or 403, once for each exchange.
   *
   * @param refused the call as {@link #authorize} made it
   * @param answer the refusal
   * @return whether {@link #authorize} now does something else, so that one more attempt makes
   *     sense
   */
  default boolean renew(KeyServerCall refused, HttpAnswer answer) {
    return false;
  }

  /**
   * The failure of an exchange that was refused for good.
   *
   * @param status 401 or 403
   */
  default KeyExchangeException refusal(String host, int status) {
    return KeyExchangeException.unauthorized(host, status);
  }

  /**
   * Gives back what the key server keeps for this client, as a login; never fails.
   *
   * @param sender for a call or two that must not take long
   */
  default void close(CallSender sender) {
    // Most have nothing to give back.
  }

  /** For key servers that ask for nothing, or find it in the URL. */
  static CallAuthorizer none() {
    return (call, sender) -> call;
  }

  /** First {@code this}, then {@code next}, which sees what this one added. */
  default CallAuthorizer then(CallAuthorizer next) {
    return new ChainedAuthorizer(this, next);
  }
}
