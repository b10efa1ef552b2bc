package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;

/** For URLs that somebody has put a ticket into: nothing is added, and nothing can be renewed. */
public final class PreTicketedUrl implements CallAuthorizer {
  private static final CallAuthorizer ONLY = new PreTicketedUrl();

  private PreTicketedUrl() {}

  /** A refusal becomes {@code key-ticket-expired}. */
  public static CallAuthorizer of() {
    return ONLY;
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    return call;
  }

  @Override
  public KeyExchangeException refusal(String host, int status) {
    return KeyExchangeException.ticketExpired(host, status);
  }

  @Override
  public String toString() {
    return "PreTicketedUrl";
  }
}
