package io.keymux.api.keyserver.tickets;

import io.javalin.http.Context;
import io.keymux.api.problem.RequestException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets calls pass that carry a service ticket for their own URL: in the query, or as {@code
 * Authorization: Ticket ST-…}.
 */
public final class TicketAccess {
  private static final String PARAMETER = "ticket";
  private static final String SCHEME = "Ticket ";

  private final Tickets tickets;

  public TicketAccess(Tickets tickets) {
    this.tickets = tickets;
  }

  /**
   * Answers 401 if there is no ticket, more than one, or one that is not good for this call. Which
   * of these it was is not told.
   *
   * @return whether the call may go on
   */
  public boolean admits(Context ctx) {
    List<String> shown = new ArrayList<>(ctx.queryParams(PARAMETER));
    String header = ctx.header("Authorization");
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      shown.add(header.substring(SCHEME.length()).strip());
    }
    if (shown.size() == 1 && good(ctx, shown.get(0))) {
      return true;
    }
    ctx.status(401)
        .header("WWW-Authenticate", CasEndpoint.CHALLENGE)
        .header("Cache-Control", "no-store")
        .contentType("text/plain;charset=utf-8")
        .result("The ticket is missing, wrong, used or expired, or for another URL.");
    return false;
  }

  /** An unreadable Host header cannot be what a ticket is for. */
  private boolean good(Context ctx, String ticket) {
    try {
      String url = ctx.scheme() + "://" + ctx.host() + ctx.req().getRequestURI();
      return tickets.redeem(ticket, ServiceUrl.of(url));
    } catch (RequestException e) {
      return false;
    }
  }
}
