package io.keymux.api.access;

import io.keymux.api.access.proof.AccessRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the client, which the TLS handshake has found to be of a known authority. Names
 * are compared exactly: no wildcards, no cases.
 *
 * @see "RFC 5280, 4.2.1.6 Subject Alternative Name"
 */
final class CertificateAuthenticator implements Authenticator {
  private static final int DNS_NAME = 2;
  private static final int URI = 6;

  private final List<CertifiedClient> clients;

  CertificateAuthenticator(List<CertifiedClient> clients) {
    this.clients = List.copyOf(clients);
  }

  /** Who has a certificate that names nobody known may still show something else. */
  @Override
  public Optional<Principal> authenticate(AccessRequest request) {
    X509Certificate certificate = request.certificate();
    if (certificate == null) {
      return Optional.empty();
    }
    Set<String> names = names(certificate);
    List<CertifiedClient> named =
        clients.stream().filter(client -> names.contains(client.name())).toList();
    // One that has the names of two clients is neither.
    return named.size() == 1 ? Optional.of(named.get(0).principal()) : Optional.empty();
  }

  private static Set<String> names(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (alternative.get(0).equals(DNS_NAME) || alternative.get(0).equals(URI)) {
          names.add(String.valueOf(alternative.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return Set.of();
    }
    String common = commonName(certificate);
    if (common != null) {
      names.add(common);
    }
    return names;
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      String found = null;
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          if (found != null) {
            return null;
          }
          found = String.valueOf(part.getValue());
        }
      }
      return found;
    } catch (InvalidNameException e) {
      return null;
    }
  }
}
