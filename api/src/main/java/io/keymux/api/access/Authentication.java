package io.keymux.api.access;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.database.Database;
import io.keymux.api.problem.RequestException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who sent a request, by any kind of credential that the service is configured with. Safe
 * for use by several threads.
 */
public final class Authentication {
  private static final String CHALLENGE = "Bearer realm=\"keymux\"";

  private final List<Authenticator> authenticators;

  private Authentication(List<Authenticator> authenticators) {
    this.authenticators = authenticators;
  }

  /**
   * Asks nobody who they are if there is no key, no client and no issuer.
   *
   * @param database keeps signatures that were seen
   * @param clock that dates and expiries are held against
   */
  public static Authentication of(
      List<ApiKey> keys,
      List<CertifiedClient> clients,
      List<TokenIssuer> issuers,
      Database database,
      Clock clock) {
    List<Authenticator> kinds = new ArrayList<>();
    if (!keys.isEmpty()) {
      kinds.add(new ApiKeyAuthenticator(keys, clock));
      kinds.add(new SignatureAuthenticator(keys, database, clock));
    }
    if (!issuers.isEmpty()) {
      kinds.add(new TokenAuthenticator(issuers, clock));
    }
    if (!clients.isEmpty()) {
      kinds.add(new CertificateAuthenticator(clients));
    }
    return new Authentication(kinds);
  }

  /** Whether nobody is asked who they are. */
  public boolean isOpen() {
    return authenticators.isEmpty();
  }

  /**
   * Who sent the request; {@link Principal#LOCAL} if nobody is asked.
   *
   * @throws RequestException with status 401 and a challenge if the request does not prove it
   */
  public Principal authenticate(AccessRequest request) {
    if (isOpen()) {
      return Principal.LOCAL;
    }
    for (Authenticator authenticator : authenticators) {
      Optional<Principal> found = authenticator.authenticate(request);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw refused();
  }

  static RequestException refused() {
    return RequestException.unauthorized(CHALLENGE);
  }
}
