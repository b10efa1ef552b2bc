package io.keymux.api.access;

import org.jspecify.annotations.Nullable;

/**
 * How many requests one node takes.
 *
 * @param tenant of each tenant; null for as many as come
 * @param refusals of each address, that prove nothing: guessing a credential must not be cheap
 */
public record RateLimits(@Nullable Rate tenant, Rate refusals) {
  /** Unless the configuration says otherwise. */
  public static final RateLimits DEFAULT = new RateLimits(null, new Rate(50, 1000));

  /**
   * How many in a time.
   *
   * @param perSecond more than 0, at most 1,000,000
   * @param burst how many at once after a while without any; at least 1
   */
  public record Rate(double perSecond, int burst) {
    public Rate {
      if (!(perSecond > 0 && perSecond <= 1_000_000) || burst < 1) {
        throw new IllegalArgumentException(perSecond + " per second, " + burst + " at once");
      }
    }
  }
}
