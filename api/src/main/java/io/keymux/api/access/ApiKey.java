package io.keymux.api.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.cpix.SecretBytes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the service knows of a client's key.
 *
 * @param id as {@link ApiKeyToken#id}
 * @param hash as {@link ApiKeyToken#hash}
 * @param expiresAt from when on it counts for nothing; null for never
 * @param secret the secret part, which requests may be signed with; null if only its hash is known
 */
public record ApiKey(
    String id,
    String tenant,
    Set<Scope> scopes,
    String hash,
    @Nullable Instant expiresAt,
    @Nullable SecretBytes secret) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /** Whether the token is this key, now. Takes as long whatever the secret is. */
  boolean matches(ApiKeyToken token, Instant now) {
    boolean same = MessageDigest.isEqual(token.hash().getBytes(US_ASCII), hash.getBytes(US_ASCII));
    return same && !isExpired(now);
  }

  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  Principal principal() {
    return new Principal("api-key:" + id, tenant, scopes);
  }
}
