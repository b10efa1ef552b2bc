package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.keymux.api.access.Scope;
import io.keymux.api.metrics.Meters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures requests, and shows all that is measured. */
final class RequestMeters {
  private static final String BEGAN = "keymux.began";
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private RequestMeters() {}

  static void install(RoutesConfig routes, Meters meters) {
    routes.before(ctx -> ctx.attribute(BEGAN, System.nanoTime()));
    routes.after(
        ctx -> {
          Long began = ctx.attribute(BEGAN);
          if (began != null) {
            meters.request(
                ctx.method().name(),
                route(ctx),
                ctx.statusCode(),
                Duration.ofNanos(System.nanoTime() - began));
          }
        });
    routes.get(
        "/metrics",
        ctx -> ctx.contentType(FORMAT).header("Cache-Control", "no-store").result(meters.text()),
        Door.needs(Scope.METRICS_READ));
  }

  /** As openapi.yaml has it: paths themselves hold what clients choose. */
  private static String route(Context ctx) {
    @Nullable Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
    return matched == null ? "none" : matched.path;
  }
}
