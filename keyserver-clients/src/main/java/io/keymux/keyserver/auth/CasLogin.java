package io.keymux.keyserver.auth;

import java.net.URI;

/**
 * A ticket-granting ticket.
 *
 * @param location its URL, which is all it takes to get tickets
 */
record CasLogin(URI location) {

  @Override
  public String toString() {
    return "CasLogin[" + location.getHost() + "]";
  }
}
