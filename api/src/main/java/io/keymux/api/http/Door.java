package io.keymux.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import io.keymux.api.access.Authentication;
import io.keymux.api.access.Principal;
import io.keymux.api.access.Scope;
import io.keymux.api.access.Throttle;
import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.problem.RequestException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in to the handlers of their routes. Each route says what it needs; one that says
 * nothing is shut.
 */
final class Door {
  /** Anybody may come in. */
  static final RouteRole OPEN = new RouteRole() {};

  /** The handler has a proof of its own. */
  static final RouteRole OWN = new RouteRole() {};

  private static final String PRINCIPAL = "keymux.principal";

  private record Needs(Scope scope) implements RouteRole {}

  private Door() {}

  /** Who comes in must have this scope. */
  static RouteRole needs(Scope scope) {
    return new Needs(scope);
  }

  static void install(RoutesConfig routes, Authentication authentication, Throttle throttle) {
    routes.beforeMatched(ctx -> enter(ctx, authentication, throttle));
  }

  private static void enter(Context ctx, Authentication authentication, Throttle throttle) {
    Set<RouteRole> roles = ctx.routeRoles();
    if (roles.equals(Set.of(OPEN)) || roles.equals(Set.of(OWN))) {
      return;
    }
    if (roles.size() != 1 || !(roles.iterator().next() instanceof Needs needs)) {
      throw new IllegalStateException("a route does not say what it needs");
    }
    Principal principal =
        throttle.admit(
            ctx.ip(),
            () ->
                authentication.authenticate(
                    AccessRequest.of(ctx.req(), () -> RequestBody.bytes(ctx))));
    if (!principal.scopes().contains(needs.scope())) {
      throw RequestException.missingScope(needs.scope().id());
    }
    ctx.attribute(PRINCIPAL, principal);
  }

  /** Who sent the request; null if its handler asks for a proof of its own, or it has none. */
  static @Nullable Principal principal(Context ctx) {
    return ctx.attribute(PRINCIPAL);
  }

  /**
   * Whose things the request is about, by its credentials alone. What handlers with a proof of
   * their own give belongs to the tenant {@code default}.
   */
  static String tenant(Context ctx) {
    Principal principal = ctx.attribute(PRINCIPAL);
    if (principal == null && !ctx.routeRoles().equals(Set.of(OWN))) {
      throw new IllegalStateException("the route needs no scope");
    }
    return principal == null ? QueueSettings.DEFAULT_TENANT : principal.tenant();
  }
}
