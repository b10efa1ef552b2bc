package io.keymux.api.config;

import io.keymux.api.access.TokenIssuer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code security.tokens}: who may issue tokens.
 *
 * @param jwks URL of its keys, {@code https}; {@code http} for loopback alone
 * @param algorithms absent for {@link TokenIssuer#USUAL}
 * @param tenant whose things its tokens open, if no claim says so
 * @param tenantClaim that says so; absent for {@code tenant}
 * @param scopes that its tokens can have at most
 * @param scopeClaim absent for the one of RFC 8693
 */
record TokenConfig(
    @Nullable String issuer,
    @Nullable String audience,
    @Nullable String jwks,
    @Nullable List<String> algorithms,
    @Nullable String tenant,
    @Nullable String tenantClaim,
    @Nullable List<String> scopes,
    @Nullable String scopeClaim) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if something in them
   *     cannot be used
   */
  static List<TokenIssuer> resolve(@Nullable List<TokenConfig> configs) {
    List<TokenIssuer> issuers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (TokenConfig config : configs == null ? List.<TokenConfig>of() : configs) {
      String at = "security.tokens/" + issuers.size() + ".";
      TokenIssuer issuer = config.resolve(at);
      if (!names.add(issuer.name())) {
        throw Grants.invalid(at + "issuer is there twice");
      }
      issuers.add(issuer);
    }
    return issuers;
  }

  private TokenIssuer resolve(String at) {
    Set<String> wanted =
        algorithms == null ? TokenIssuer.USUAL : Set.copyOf(new HashSet<>(algorithms));
    if (wanted.isEmpty() || !TokenIssuer.ALGORITHMS.containsAll(wanted)) {
      throw Grants.invalid(
          at + "algorithms are not of " + TokenIssuer.ALGORITHMS.stream().sorted().toList());
    }
    if (tenant != null && tenantClaim != null) {
      throw Grants.invalid(at + "tenant stands beside tenantClaim");
    }
    return new TokenIssuer(
        text(at + "issuer", issuer),
        text(at + "audience", audience),
        address(at + "jwks", text(at + "jwks", jwks)),
        wanted,
        tenant == null ? null : Grants.tenant(at, tenant),
        Objects.requireNonNullElse(tenantClaim, "tenant"),
        Objects.requireNonNullElse(scopeClaim, "scope"),
        Grants.scopes(at, scopes));
  }

  private static String text(String at, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw Grants.invalid(at + " is missing");
    }
    return value;
  }

  private static URI address(String at, String text) {
    try {
      URI uri = new URI(text);
      boolean usable =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
      if (usable && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw Grants.invalid(at + " is not an https URL");
  }
}
