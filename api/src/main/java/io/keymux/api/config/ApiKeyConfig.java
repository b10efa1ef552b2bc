package io.keymux.api.config;

import io.keymux.api.access.ApiKey;
import io.keymux.api.access.ApiKeyToken;
import io.keymux.api.access.proof.HeaderSecret;
import io.keymux.cpix.SecretBytes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code security.apiKeys}, as {@code keymux access key} prints it.
 *
 * @param hash SHA-256 of the secret part, in hex
 * @param secret a reference to the secret part, in place of the hash: then requests may be signed
 * @param expiresAt with an offset from UTC; absent for never
 */
record ApiKeyConfig(
    @Nullable String id,
    @Nullable String tenant,
    @Nullable List<String> scopes,
    @Nullable String hash,
    @Nullable String secret,
    @Nullable String expiresAt) {

  private static final int SECRET_CHARACTERS = 43;

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if something in them
   *     cannot be used
   */
  static List<ApiKey> resolve(
      @Nullable List<ApiKeyConfig> configs, Map<String, String> environment) {
    List<ApiKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ApiKeyConfig config : configs == null ? List.<ApiKeyConfig>of() : configs) {
      String at = "security.apiKeys/" + keys.size() + ".";
      ApiKey key = config.resolve(at, environment);
      if (!ids.add(key.id())) {
        throw Grants.invalid(at + "id is there twice");
      }
      keys.add(key);
    }
    return keys;
  }

  private ApiKey resolve(String at, Map<String, String> environment) {
    String name = Objects.requireNonNullElse(id, "");
    SecretBytes known =
        secret == null ? null : SecretReference.resolve(at + "secret", secret, environment);
    if (known != null && (hash != null || known.size() != SECRET_CHARACTERS)) {
      throw Grants.invalid(at + "secret is not 43 characters, or stands beside hash");
    }
    String digest =
        known != null ? HeaderSecret.sha256(known) : Objects.requireNonNullElse(hash, "");
    if (!ApiKeyToken.isId(name)) {
      throw Grants.invalid(at + "id is not 13 of a-z 2-7");
    }
    if (!digest.matches("[0-9a-f]{64}")) {
      throw Grants.invalid(at + "hash is not 64 lower-case hex digits");
    }
    return new ApiKey(
        name, Grants.tenant(at, tenant), Grants.scopes(at, scopes), digest, expiry(at), known);
  }

  private @Nullable Instant expiry(String at) {
    try {
      return expiresAt == null ? null : OffsetDateTime.parse(expiresAt).toInstant();
    } catch (DateTimeException e) {
      throw Grants.invalid(at + "expiresAt is not a time like 2027-01-31T00:00:00Z");
    }
  }
}
