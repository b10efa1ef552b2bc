package io.keymux.api.access;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may issue tokens, and what they open.
 *
 * @param name the claim {@code iss}, exactly
 * @param audience that the claim {@code aud} must have
 * @param keys where its JSON Web Key Set is
 * @param algorithms that tokens may be signed with, as {@code RS256}
 * @param tenant whose things its tokens open; null if a claim says so
 * @param tenantClaim that says whose things they open, if {@code tenant} is null
 * @param scopeClaim that holds scopes: a list, or words with blanks between; others than ours are
 *     not looked at
 * @param scopes that its tokens can have at most
 * @see "RFC 7519, JSON Web Token; RFC 7517, JSON Web Key; RFC 9068, JWT Profile for OAuth 2.0
 *     Access Tokens"
 */
public record TokenIssuer(
    String name,
    String audience,
    URI keys,
    Set<String> algorithms,
    @Nullable String tenant,
    String tenantClaim,
    String scopeClaim,
    Set<Scope> scopes) {
  /** What tokens may be signed with: nothing that needs a secret of ours. */
  public static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  /** Unless the configuration says otherwise. */
  public static final Set<String> USUAL = Set.of("RS256", "PS256", "ES256");

  public TokenIssuer {
    algorithms = Set.copyOf(algorithms);
    scopes = Set.copyOf(scopes);
    if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
      throw new IllegalArgumentException("algorithms " + algorithms);
    }
  }
}
