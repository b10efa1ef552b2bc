package io.keymux.api.keyserver.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.TicketSettings;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Logins, and the service tickets that they give. In memory alone; a restart ends them all. Safe
 * for use by several threads.
 *
 * @see "Apereo CAS, REST Protocol"
 */
public final class Tickets {
  static final int KEPT = 10_000;

  /**
   * @param ended by a logout
   */
  private record Login(AtomicBoolean ended) {}

  private record Grant(Login login, ServiceUrl service) {}

  private final TicketSettings settings;
  private final TicketBook<Login> logins;
  private final TicketBook<Grant> grants;

  public Tickets(TicketSettings settings, Clock clock) {
    this.settings = settings;
    this.logins = new TicketBook<>("TGT-", settings.loginLifetime(), KEPT, clock);
    this.grants = new TicketBook<>("ST-", settings.ticketLifetime(), KEPT, clock);
  }

  /** A ticket-granting ticket; empty if there is another account. */
  Optional<String> login(byte[] user, byte[] password) {
    return isAccount(user, password)
        ? Optional.of(logins.issue(new Login(new AtomicBoolean())))
        : Optional.empty();
  }

  /** A service ticket; empty if {@code login} is not known or has expired. */
  Optional<String> mint(String login, ServiceUrl service) {
    return logins.find(login).map(found -> grants.issue(new Grant(found, service)));
  }

  /** Ends a login, if there is such a one, and with it its service tickets. */
  void logout(String login) {
    logins.take(login).ifPresent(found -> found.ended.set(true));
  }

  /**
   * Whether the ticket is good for a call of {@code service}. If it is for one use, it is gone
   * afterwards, also if it was shown at the wrong place.
   */
  boolean redeem(String ticket, ServiceUrl service) {
    Optional<Grant> grant = settings.singleUse() ? grants.take(ticket) : grants.find(ticket);
    return grant
        .filter(found -> !found.login.ended.get() && found.service.equals(service))
        .isPresent();
  }

  /** Takes as long whichever of the two is wrong. */
  private boolean isAccount(byte[] user, byte[] password) {
    TicketSettings.Account account = settings.account();
    if (account == null) {
      return true;
    }
    byte[] secret = account.password().reveal();
    try {
      boolean sameUser = MessageDigest.isEqual(user, account.user().getBytes(UTF_8));
      boolean samePassword = MessageDigest.isEqual(password, secret);
      return sameUser && samePassword;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
