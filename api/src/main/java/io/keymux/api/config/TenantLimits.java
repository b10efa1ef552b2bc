package io.keymux.api.config;

/**
 * What a tenant may have at once, in all nodes together.
 *
 * @param running how many jobs run, at least 1
 * @param waiting how many jobs wait, at least 1
 */
public record TenantLimits(int running, int waiting) {
  /** Room for a cluster, and for a night's work. */
  public static final TenantLimits DEFAULT = new TenantLimits(32, 100_000);

  public TenantLimits {
    if (running < 1 || waiting < 1) {
      throw new IllegalArgumentException(running + " running, " + waiting + " waiting");
    }
  }
}
