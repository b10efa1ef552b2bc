package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeyDelivery;
import io.keymux.api.keyserver.auth.Access;
import io.keymux.api.keyserver.drmtoday.CpixIngest;
import io.keymux.api.keyserver.drmtoday.KeyIngest;
import io.keymux.api.keyserver.speke.SpekeEndpoint;
import io.keymux.api.keyserver.tickets.CasEndpoint;
import io.keymux.api.keyserver.tickets.TicketAccess;
import io.keymux.api.keyserver.tickets.Tickets;
import java.time.Clock;

/** The routes of the embedded key server. */
final class KeyServerRoutes {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String INGEST = "/frontend/cpix/v1/{org}/ingest/{config}";

  private KeyServerRoutes() {}

  /**
   * @param clock that signatures and tickets are held against
   */
  static void install(
      RoutesConfig routes, EmbeddedKeys keys, KeyServerSettings settings, Clock clock) {
    KeyDelivery delivery = new KeyDelivery(keys);
    routes.get("/keys/{contentId}/{kid}", delivery::raw);
    routes.post("/clearkey", ctx -> delivery.licence(ctx, RequestBody.bytes(ctx)));
    speke(routes, keys, settings, clock);
    drmToday(routes, keys, settings, clock);
  }

  private static void speke(
      RoutesConfig routes, EmbeddedKeys keys, KeyServerSettings settings, Clock clock) {
    SpekeEndpoint speke = new SpekeEndpoint(keys, settings, Access.of(settings.auth(), clock));
    for (String version : new String[] {"v1.0", "v2.0"}) {
      routes.post(
          "/speke/" + version + "/copyProtection",
          ctx -> speke.handle(ctx, () -> RequestBody.bytes(ctx)));
    }
    routes.get("/speke/v1.0/heartbeat", speke::heartbeat);
  }

  private static void drmToday(
      RoutesConfig routes, EmbeddedKeys keys, KeyServerSettings settings, Clock clock) {
    Tickets tickets = new Tickets(settings.tickets(), clock);
    CasEndpoint cas = new CasEndpoint(tickets);
    routes.post(CasEndpoint.PATH, ctx -> cas.login(ctx, form(ctx)));
    routes.post(CasEndpoint.PATH + "/{tgt}", ctx -> cas.mint(ctx, form(ctx)));
    routes.delete(CasEndpoint.PATH + "/{tgt}", cas::logout);

    TicketAccess access = new TicketAccess(tickets);
    CpixIngest cpix = new CpixIngest(keys, settings, access);
    routes.post(INGEST, ctx -> cpix.process(ctx, () -> RequestBody.bytes(ctx)));
    routes.get(INGEST + "/{asset}", cpix::generate);
    KeyIngest ingest = new KeyIngest(keys, access);
    routes.post("/frontend/api/keys/v3/ingest/{org}", ctx -> ingest.ingest(ctx, () -> json(ctx)));
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
