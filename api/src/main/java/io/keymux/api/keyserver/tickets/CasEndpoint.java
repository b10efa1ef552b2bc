package io.keymux.api.keyserver.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.keymux.api.problem.RequestException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives tickets to those who log in. None of them stands in a log or a problem.
 *
 * @see "Apereo CAS, REST Protocol"
 */
public final class CasEndpoint {
  /** Where logins are posted to. */
  public static final String PATH = "/cas/v1/tickets";

  /** What {@code WWW-Authenticate} says where a ticket is wanted. */
  static final String CHALLENGE = "Ticket realm=\"keymux\"";

  private final Tickets tickets;

  public CasEndpoint(Tickets tickets) {
    this.tickets = tickets;
  }

  /**
   * {@code POST /cas/v1/tickets}: answers 201 with the URL of a ticket-granting ticket.
   *
   * @param body a form with username and password; overwritten
   * @throws RequestException with status 400 if one is missing, 401 if they are not the account's
   */
  public void login(Context ctx, byte[] body) {
    try (Form form = new Form(body)) {
      Optional<String> login = tickets.login(form.only("username"), form.only("password"));
      String ticket = login.orElseThrow(() -> RequestException.unauthorized(CHALLENGE));
      noStore(ctx)
          .status(201)
          .header("Location", ctx.scheme() + "://" + ctx.host() + PATH + "/" + ticket);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /**
   * {@code POST /cas/v1/tickets/{tgt}}: answers 200 with a service ticket as text.
   *
   * @param body a form with service, the URL that the ticket is for
   * @throws RequestException with status 400 if that is missing or no URL, 404 if the
   *     ticket-granting ticket is not known or has expired
   */
  public void mint(Context ctx, byte[] body) {
    try (Form form = new Form(body)) {
      ServiceUrl service = ServiceUrl.of(new String(form.only("service"), UTF_8));
      String ticket =
          tickets
              .mint(ctx.pathParam("tgt"), service)
              .orElseThrow(() -> RequestException.notFound("This login"));
      noStore(ctx).status(200).contentType("text/plain;charset=utf-8").result(ticket);
    }
  }

  /** {@code DELETE /cas/v1/tickets/{tgt}}: answers 204, whether there was such a login or not. */
  public void logout(Context ctx) {
    tickets.logout(ctx.pathParam("tgt"));
    noStore(ctx).status(204);
  }

  private static Context noStore(Context ctx) {
    return ctx.header("Cache-Control", "no-store");
  }
}
