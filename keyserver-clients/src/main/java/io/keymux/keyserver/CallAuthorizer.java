package io.keymux.keyserver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Adds to a call what proves who is asking: a header, a signature, a ticket in the query.
 *
 * <p>It is asked anew before every attempt, so that signatures and tickets are fresh.
 * Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface CallAuthorizer {

  /**
   * @return the call to send; it goes to the same host
   * @throws InterruptedException if the thread is interrupted while it waits for a ticket
   */
  KeyServerCall authorize(KeyServerCall call) throws InterruptedException;

  /** For key servers that ask for nothing, or find it in the URL. */
  static CallAuthorizer none() {
    return call -> call;
  }

  /** The same header on every call: an API key, a bearer token. */
  static CallAuthorizer header(String name, String value) {
    return call -> call.withHeader(name, value);
  }

  /**
   * HTTP Basic.
   *
   * @param user RFC 7617 forbids a colon in it; some key servers have accounts with colons and cope
   * @see "RFC 7617, The 'Basic' HTTP Authentication Scheme"
   */
  static CallAuthorizer basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }
}
