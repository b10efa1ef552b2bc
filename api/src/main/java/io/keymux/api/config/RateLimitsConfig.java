package io.keymux.api.config;

import io.keymux.api.access.RateLimits;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code security.rateLimits} as it is written.
 *
 * @param tenant absent for as many as come
 * @param refusals absent for those of {@link RateLimits#DEFAULT}
 */
record RateLimitsConfig(@Nullable Rate tenant, @Nullable Rate refusals) {

  /**
   * @param burst absent for what comes in ten seconds
   */
  record Rate(@Nullable Double perSecond, @Nullable Integer burst) {}

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if a rate cannot be used
   */
  static RateLimits resolve(@Nullable RateLimitsConfig config) {
    if (config == null) {
      return RateLimits.DEFAULT;
    }
    RateLimits.Rate refusals = rate("refusals", config.refusals);
    return new RateLimits(
        rate("tenant", config.tenant), refusals == null ? RateLimits.DEFAULT.refusals() : refusals);
  }

  private static RateLimits.@Nullable Rate rate(String name, @Nullable Rate rate) {
    if (rate == null) {
      return null;
    }
    try {
      double perSecond = rate.perSecond == null ? 0 : rate.perSecond;
      int usual = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(10 * perSecond)));
      return new RateLimits.Rate(perSecond, rate.burst == null ? usual : rate.burst);
    } catch (IllegalArgumentException e) {
      throw Grants.invalid(
          "security.rateLimits." + name + " is not perSecond above 0 with a burst of 1 or more");
    }
  }
}
