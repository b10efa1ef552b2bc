package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.api.access.ApiKey;
import io.keymux.api.access.ApiKeyToken;
import io.keymux.api.access.RateLimits;
import io.keymux.api.access.Scope;
import io.keymux.api.config.SecuritySettings;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.bento4.KeysOnArgv;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** API keys of a test's own. */
final class TestCredentials {
  private final List<ApiKey> keys = new ArrayList<>();

  /** A new key; gives the value of the header {@code Authorization}. */
  String add(String tenant, Set<Scope> scopes) {
    return add(tenant, scopes, null);
  }

  String add(String tenant, Set<Scope> scopes, @Nullable Instant expiresAt) {
    ApiKeyToken token = ApiKeyToken.generate(new SecureRandom());
    keys.add(new ApiKey(token.id(), tenant, scopes, token.hash(), expiresAt, null));
    return "Bearer " + token.text();
  }

  /** One that signs. */
  ApiKeyToken signing(String tenant, Set<Scope> scopes) {
    ApiKeyToken token = ApiKeyToken.generate(new SecureRandom());
    SecretBytes secret = SecretBytes.copyOf(secret(token).getBytes(US_ASCII));
    keys.add(new ApiKey(token.id(), tenant, scopes, token.hash(), null, secret));
    return token;
  }

  static String secret(ApiKeyToken token) {
    return token.text().substring(token.text().length() - 43);
  }

  /** One that allows everything. */
  String all(String tenant) {
    return add(tenant, EnumSet.allOf(Scope.class));
  }

  /** One that allows everything else. */
  String allBut(String tenant, Scope scope) {
    return add(tenant, EnumSet.complementOf(EnumSet.of(scope)));
  }

  SecuritySettings settings() {
    return new SecuritySettings(
        KeysOnArgv.REFUSED, keys, null, List.of(), List.of(), RateLimits.DEFAULT, List.of(), null);
  }
}
