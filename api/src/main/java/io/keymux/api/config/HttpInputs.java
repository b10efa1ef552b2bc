package io.keymux.api.config;

import io.keymux.keyserver.http.AddressPolicy;
import java.util.List;

/**
 * The web servers that inputs may be on.
 *
 * @param addresses which addresses they may have, whatever their name
 * @param hosts their names, each hop of a redirect included
 */
public record HttpInputs(AddressPolicy addresses, List<NameGlob> hosts) {
  public HttpInputs {
    hosts = List.copyOf(hosts);
  }

  /** Whether the operator allows a host by its name. */
  public boolean allow(String host) {
    return hosts.stream().anyMatch(glob -> glob.matches(host));
  }
}
