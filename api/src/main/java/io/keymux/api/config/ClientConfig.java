package io.keymux.api.config;

import io.keymux.api.access.CertifiedClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code security.clients}: who shows a certificate of this name.
 *
 * @param name a DNS name or URI of the certificate's alternative names, or its common name
 */
record ClientConfig(@Nullable String name, @Nullable String tenant, @Nullable List<String> scopes) {

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if something in them
   *     cannot be used
   */
  static List<CertifiedClient> resolve(@Nullable List<ClientConfig> configs) {
    List<CertifiedClient> clients = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ClientConfig config : configs == null ? List.<ClientConfig>of() : configs) {
      String at = "security.clients/" + clients.size() + ".";
      String name = Objects.requireNonNullElse(config.name(), "");
      if (name.isBlank() || !names.add(name)) {
        throw Grants.invalid(at + "name is missing or there twice");
      }
      clients.add(
          new CertifiedClient(
              name, Grants.tenant(at, config.tenant()), Grants.scopes(at, config.scopes())));
    }
    return clients;
  }
}
