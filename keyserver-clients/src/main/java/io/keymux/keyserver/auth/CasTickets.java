package io.keymux.keyserver.auth;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.auth.CasProtocol.Minted;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of an Apereo CAS server, as DRMtoday wants them: a login gives a ticket-granting ticket,
 * that one gives tickets for the URL that is called, without its query.
 *
 * <p>All threads share the login, of which there is one at a time. A ticket is shared only if the
 * policy says that it may be used again, and then for the same URL only. After {@link #close} a
 * call logs in anew.
 *
 * @see "Apereo CAS, REST Protocol"
 */
public final class CasTickets implements CallAuthorizer {

  /** Where a call carries its ticket. */
  public enum Placement {
    /** {@code ?ticket=ST-…} */
    QUERY,
    /** {@code Authorization: Ticket ST-…} */
    HEADER
  }

  private static final String PARAMETER = "ticket";
  private static final String HEADER = "Authorization";
  private static final String SCHEME = "Ticket ";

  /** URLs hold the names of assets: there may be any number of them. */
  private static final int MOST_SERVICES = 256;

  /** Tickets for one attempt whose calls may still be refused. */
  private static final int MOST_ISSUED = 256;

  private final CasProtocol cas;
  private final TicketPolicy policy;
  private final Placement placement;
  private final Clock clock;
  private final SharedValue<CasLogin> logins = new SharedValue<>(login -> true);
  private final Queue<CasLogin> abandoned = new ConcurrentLinkedQueue<>();
  private final LeastRecent<URI, SharedValue<CasTicket>> reusable =
      new LeastRecent<>(MOST_SERVICES);
  private final LeastRecent<String, CasTicket> issued = new LeastRecent<>(MOST_ISSUED);

  CasTickets(CasProtocol cas, TicketPolicy policy, Placement placement, Clock clock) {
    this.cas = cas;
    this.policy = policy;
    this.placement = placement;
    this.clock = clock;
  }

  /**
   * @param casBase where logins are posted to, as {@code https://auth.drmtoday.com/cas/v1/tickets}
   * @param user may be of the form {@code org::name}
   * @param password in UTF-8
   * @throws DrmException with code {@code invalid-key-server-url}
   */
  public static CallAuthorizer of(
      URI casBase, String user, SecretBytes password, TicketPolicy policy, Placement placement) {
    URI base = KeyServerUrl.of(casBase).uri();
    return new CasTickets(
        new CasProtocol(base, user, password), policy, placement, Clock.systemUTC());
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender)
      throws InterruptedException {
    URI service = UriParts.withoutQuery(call.uri());
    CasTicket ticket =
        policy.lifetime() == null
            ? mint(service, sender)
            : tickets(service, policy.lifetime())
                .get(cas.host(), sender, () -> mint(service, sender));
    return switch (placement) {
      case QUERY -> call.withUri(UriParts.withParameter(call.uri(), PARAMETER, ticket.text()));
      case HEADER -> call.withHeader(HEADER, SCHEME + ticket.text());
    };
  }

  /**
   * The ticket is not used again, unless another thread has one in its place already. A ticket for
   * one attempt was fresh: then it may be its login that is refused, so that goes too.
   */
  @Override
  public boolean renew(KeyServerCall refused, HttpAnswer answer) {
    String text = ticket(refused);
    Duration lifetime = policy.lifetime();
    if (text != null && lifetime == null) {
      CasTicket ticket = issued.remove(text);
      if (ticket != null && logins.drop(ticket.login())) {
        abandoned.add(ticket.login());
      }
    } else if (text != null && lifetime != null) {
      SharedValue<CasTicket> tickets = tickets(UriParts.withoutQuery(refused.uri()), lifetime);
      CasTicket ticket = tickets.current();
      if (ticket != null && ticket.text().equals(text)) {
        tickets.drop(ticket);
      }
    }
    return true;
  }

  /** Logs out, if the server can be reached at once. */
  @Override
  public void close(CallSender sender) {
    CasLogin current = logins.take();
    if (current != null) {
      abandoned.add(current);
    }
    // A thread that is interrupted to end the service shall log out all the same.
    boolean interrupted = Thread.interrupted();
    try {
      for (CasLogin login = abandoned.poll(); login != null; login = abandoned.poll()) {
        cas.logout(login, sender);
      }
    } catch (DrmException e) {
      abandoned.clear(); // The login ends by itself after a while.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private SharedValue<CasTicket> tickets(URI service, Duration lifetime) {
    return reusable.get(
        service,
        () -> new SharedValue<>(ticket -> clock.instant().isBefore(ticket.asked().plus(lifetime))));
  }

  /** With a new login if the one at hand has ended, but only one. */
  private CasTicket mint(URI service, CallSender sender) throws InterruptedException {
    Instant asked = clock.instant();
    CasLogin login = login(sender);
    Minted minted = cas.mint(login, service, sender);
    if (minted.ticket() == null) {
      logins.drop(login);
      login = login(sender);
      minted = cas.mint(login, service, sender);
    }
    String text = minted.ticket();
    if (text == null) {
      throw cas.mintingFailed(minted.status());
    }
    CasTicket ticket = new CasTicket(text, login, asked);
    if (policy.lifetime() == null) {
      issued.put(text, ticket);
    }
    return ticket;
  }

  private CasLogin login(CallSender sender) throws InterruptedException {
    return logins.get(cas.host(), sender, () -> cas.login(sender));
  }

  private @Nullable String ticket(KeyServerCall call) {
    if (placement == Placement.QUERY) {
      return UriParts.parameter(call.uri(), PARAMETER);
    }
    String header = call.header(HEADER);
    return header != null && header.startsWith(SCHEME) ? header.substring(SCHEME.length()) : null;
  }

  @Override
  public String toString() {
    return "CasTickets[" + cas.host() + "]";
  }
}
