package io.keymux.api.config;

import java.util.List;

/**
 * Where jobs may use credentials that came with their request.
 *
 * @param regions that a request may name
 */
public record RequestCredentials(List<NameGlob> regions) {
  public RequestCredentials {
    regions = List.copyOf(regions);
  }

  /** Whether a request may go there. */
  public boolean allow(String region) {
    return regions.stream().anyMatch(glob -> glob.matches(region));
  }
}
