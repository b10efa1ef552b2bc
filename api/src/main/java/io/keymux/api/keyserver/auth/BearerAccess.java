package io.keymux.api.keyserver.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.access.proof.HeaderSecret;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.SecretBytes;

/**
 * One token that all clients share.
 *
 * @see "RFC 6750, Bearer Token Usage"
 */
record BearerAccess(SecretBytes token) implements Access {
  private static final String CHALLENGE = "Bearer realm=\"keymux\"";

  @Override
  public void require(AccessRequest request) {
    byte[] shown = HeaderSecret.credentials(request, "bearer").getBytes(ISO_8859_1);
    if (!HeaderSecret.matches(token, shown)) {
      throw RequestException.unauthorized(CHALLENGE);
    }
  }
}
