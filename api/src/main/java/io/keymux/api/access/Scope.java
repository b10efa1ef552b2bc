package io.keymux.api.access;

import java.util.Arrays;
import java.util.Optional;

/** Something that a credential allows, always for its own tenant alone. */
public enum Scope {
  JOBS_READ("jobs:read"),
  JOBS_WRITE("jobs:write"),
  /** Published output. */
  MEDIA_READ("media:read"),
  /** Content keys, in clear. */
  KEYS_READ("keys:read"),
  KEY_SERVERS_READ("key-servers:read"),
  KEY_SERVERS_WRITE("key-servers:write"),
  WEBHOOKS_READ("webhooks:read"),
  WEBHOOKS_WRITE("webhooks:write"),
  /** What is measured, of all tenants together. */
  METRICS_READ("metrics:read");

  private final String id;

  Scope(String id) {
    this.id = id;
  }

  /** As configurations and tokens name it. */
  public String id() {
    return id;
  }

  /** The scope of this {@link #id}. */
  public static Optional<Scope> ofId(String id) {
    return Arrays.stream(values()).filter(scope -> scope.id.equals(id)).findFirst();
  }
}
