package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.keymux.api.problem.RequestException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What happens to every request before its handler.
 *
 * <p>A service that asks nobody who is there is for this machine only. A web page that the user
 * visits also runs on this machine, so the Host header must name it (DNS rebinding), and bodies
 * must be of a type that browsers do not send across origins unasked.
 */
final class Gate {
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Asked while the service starts, too. */
  static final String ALIVE = "/healthz";

  private Gate() {}

  /**
   * @param complete whether the service has all that requests need
   * @param local whether only this machine may ask
   */
  static void install(RoutesConfig routes, BooleanSupplier complete, boolean local) {
    routes.before(
        ctx -> {
          prepare(ctx);
          if (local && !namesThisMachine(ctx.host())) {
            throw RequestException.misdirected();
          }
        });
    routes.after(ctx -> RequestIds.forget());
    routes.before(
        ctx -> {
          if (!complete.getAsBoolean() && !ctx.path().equals(ALIVE)) {
            throw RequestException.busy("The service is starting.");
          }
        });
    for (String open : new String[] {MediaHandler.PATH, "/keys/{contentId}/{kid}", "/clearkey"}) {
      routes.before(open, Gate::allowAnyOrigin);
      routes.options(open, Gate::preflight, Door.OPEN);
    }
  }

  /** Whether {@code host} is an address that only this machine reaches. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void prepare(Context ctx) {
    RequestIds.assign(ctx);
    ctx.header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer");
  }

  private static boolean namesThisMachine(String hostHeader) {
    try {
      String host = hostHeader == null ? null : URI.create("http://" + hostHeader).getHost();
      return host != null && LOOPBACK_NAMES.contains(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void allowAnyOrigin(Context ctx) {
    ctx.header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Expose-Headers", "Content-Length, Content-Range, ETag")
        .header("Cross-Origin-Resource-Policy", "cross-origin");
  }

  private static void preflight(Context ctx) {
    ctx.status(204)
        .header("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
        .header(
            "Access-Control-Allow-Headers",
            "Authorization, Content-Type, Range, If-None-Match, If-Range")
        .header("Access-Control-Max-Age", "600");
  }
}
