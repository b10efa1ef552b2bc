package io.keymux.api.access;

import com.nimbusds.jwt.SignedJWT;
import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.access.proof.HeaderSecret;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * {@code Authorization: Bearer} with a signed JSON Web Token.
 *
 * @see "RFC 6750, Bearer Token Usage; RFC 7519, JSON Web Token"
 */
final class TokenAuthenticator implements Authenticator {
  private final List<TokenReader> issuers;

  TokenAuthenticator(List<TokenIssuer> issuers, Clock clock) {
    this.issuers = issuers.stream().map(issuer -> new TokenReader(issuer, clock)).toList();
  }

  @Override
  public Optional<Principal> authenticate(AccessRequest request) {
    String text = HeaderSecret.credentials(request, "bearer");
    if (text.chars().filter(character -> character == '.').count() != 2) {
      return Optional.empty();
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      return Optional.of(
          issuers.stream()
              .filter(issuer -> issuer.claims(token))
              .findFirst()
              .flatMap(issuer -> issuer.read(token))
              .map(
                  bearer ->
                      new Principal("token:" + bearer.subject(), bearer.tenant(), bearer.scopes()))
              .orElseThrow(Authentication::refused));
    } catch (ParseException e) {
      throw Authentication.refused();
    }
  }
}
