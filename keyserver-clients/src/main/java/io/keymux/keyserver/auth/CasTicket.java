package io.keymux.keyserver.auth;

import java.time.Instant;

/**
 * A service ticket.
 *
 * @param login what it was made with
 * @param asked when it was asked for
 */
record CasTicket(String text, CasLogin login, Instant asked) {

  @Override
  public String toString() {
    return "CasTicket[asked " + asked + "]";
  }
}
