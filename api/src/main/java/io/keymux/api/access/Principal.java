package io.keymux.api.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name for logs; no secret
 * @param tenant whose things it may see and change
 */
public record Principal(String name, String tenant, Set<Scope> scopes) {
  /** Whoever reaches a service that asks nobody who is there. */
  public static final Principal LOCAL =
      new Principal("local", "default", EnumSet.allOf(Scope.class));

  public Principal {
    scopes = Set.copyOf(scopes);
  }
}
