package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import io.keymux.api.access.Scope;
import io.keymux.api.config.AuthSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeyDelivery;
import io.keymux.api.keyserver.TenantKeys;
import io.keymux.api.keyserver.auth.Access;
import io.keymux.api.keyserver.drmtoday.CpixIngest;
import io.keymux.api.keyserver.drmtoday.KeyIngest;
import io.keymux.api.keyserver.speke.SpekeEndpoint;
import io.keymux.api.keyserver.tickets.CasEndpoint;
import io.keymux.api.keyserver.tickets.TicketAccess;
import io.keymux.api.keyserver.tickets.Tickets;
import java.time.Clock;
import java.util.function.Function;

/** The routes of the embedded key server. */
final class KeyServerRoutes {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String INGEST = "/frontend/cpix/v1/{org}/ingest/{config}";

  private KeyServerRoutes() {}

  /**
   * @param auditor told which keys are given
   * @param clock that signatures and tickets are held against
   */
  static void install(
      RoutesConfig routes,
      TenantKeys tenants,
      KeyServerSettings settings,
      Auditor auditor,
      Clock clock) {
    Function<Context, EmbeddedKeys> keys =
        ctx -> tenants.of(Door.tenant(ctx)).embedded().heardBy(auditor.listener(ctx));
    Function<Context, KeyDelivery> delivery = ctx -> new KeyDelivery(keys.apply(ctx));
    routes.get(
        "/keys/{contentId}/{kid}",
        ctx -> delivery.apply(ctx).raw(ctx),
        Door.needs(Scope.KEYS_READ));
    routes.post(
        "/clearkey",
        ctx -> delivery.apply(ctx).licence(ctx, RequestBody.bytes(ctx)),
        Door.needs(Scope.KEYS_READ));
    speke(routes, keys, settings, clock);
    drmToday(routes, keys, settings, clock);
  }

  private static void speke(
      RoutesConfig routes,
      Function<Context, EmbeddedKeys> keys,
      KeyServerSettings settings,
      Clock clock) {
    Access access = Access.of(settings.auth(), clock);
    Function<Context, SpekeEndpoint> speke =
        ctx -> new SpekeEndpoint(keys.apply(ctx), settings, access);
    // Clients that SPEKE itself does not ask who they are must say so as all others do.
    RouteRole role =
        settings.auth() instanceof AuthSettings.None ? Door.needs(Scope.KEYS_READ) : Door.OWN;
    for (String version : new String[] {"v1.0", "v2.0"}) {
      routes.post(
          "/speke/" + version + "/copyProtection",
          ctx -> speke.apply(ctx).handle(ctx, () -> RequestBody.bytes(ctx)),
          role);
    }
    routes.get("/speke/v1.0/heartbeat", ctx -> speke.apply(ctx).heartbeat(ctx), role);
  }

  private static void drmToday(
      RoutesConfig routes,
      Function<Context, EmbeddedKeys> keys,
      KeyServerSettings settings,
      Clock clock) {
    Tickets tickets = new Tickets(settings.tickets(), clock);
    CasEndpoint cas = new CasEndpoint(tickets);
    routes.post(CasEndpoint.PATH, ctx -> cas.login(ctx, form(ctx)), Door.OWN);
    routes.post(CasEndpoint.PATH + "/{tgt}", ctx -> cas.mint(ctx, form(ctx)), Door.OWN);
    routes.delete(CasEndpoint.PATH + "/{tgt}", cas::logout, Door.OWN);

    TicketAccess access = new TicketAccess(tickets);
    Function<Context, CpixIngest> cpix = ctx -> new CpixIngest(keys.apply(ctx), settings, access);
    routes.post(
        INGEST, ctx -> cpix.apply(ctx).process(ctx, () -> RequestBody.bytes(ctx)), Door.OWN);
    routes.get(INGEST + "/{asset}", ctx -> cpix.apply(ctx).generate(ctx), Door.OWN);
    routes.post(
        "/frontend/api/keys/v3/ingest/{org}",
        ctx -> new KeyIngest(keys.apply(ctx), access).ingest(ctx, () -> json(ctx)),
        Door.OWN);
  }

  private static byte[] form(Context ctx) {
    RequestBody.requireType(ctx, FORM);
    return RequestBody.bytes(ctx);
  }

  private static byte[] json(Context ctx) {
    RequestBody.requireType(ctx, "application/json");
    return RequestBody.bytes(ctx);
  }
}
