package io.keymux.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs may use credentials that came with their request.
 *
 * @param endpoints that a request may name, as {@code https://cos.*.myqcloud.com}; none if empty
 * @param regions that a request may name
 */
public record RequestCredentials(List<NameGlob> endpoints, List<NameGlob> regions) {
  public RequestCredentials {
    endpoints = List.copyOf(endpoints);
    regions = List.copyOf(regions);
  }

  /**
   * Whether a request may go there.
   *
   * @param endpoint null for that of AWS, which needs a region
   */
  public boolean allow(@Nullable String endpoint, @Nullable String region) {
    boolean regionFits =
        region == null ? endpoint != null : regions.stream().anyMatch(r -> r.matches(region));
    return regionFits
        && (endpoint == null || endpoints.stream().anyMatch(glob -> glob.matches(endpoint)));
  }
}
