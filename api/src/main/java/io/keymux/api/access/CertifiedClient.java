package io.keymux.api.access;

import java.util.Set;

/**
 * A client that shows a certificate.
 *
 * @param name that the certificate must have
 */
public record CertifiedClient(String name, String tenant, Set<Scope> scopes) {
  public CertifiedClient {
    scopes = Set.copyOf(scopes);
  }

  Principal principal() {
    return new Principal("certificate:" + name, tenant, scopes);
  }
}
