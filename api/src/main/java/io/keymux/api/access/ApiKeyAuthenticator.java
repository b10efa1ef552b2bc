package io.keymux.api.access;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.access.proof.HeaderSecret;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code Authorization: Bearer kmx_...}.
 *
 * @see "RFC 6750, Bearer Token Usage"
 */
final class ApiKeyAuthenticator implements Authenticator {
  private final Map<String, ApiKey> keys;
  private final Clock clock;

  ApiKeyAuthenticator(List<ApiKey> keys, Clock clock) {
    this.keys = keys.stream().collect(Collectors.toMap(ApiKey::id, Function.identity()));
    this.clock = clock;
  }

  @Override
  public Optional<Principal> authenticate(AccessRequest request) {
    Optional<ApiKeyToken> token = ApiKeyToken.read(HeaderSecret.credentials(request, "bearer"));
    if (token.isEmpty()) {
      return Optional.empty();
    }
    ApiKey key = keys.get(token.get().id());
    if (key == null || !key.matches(token.get(), clock.instant())) {
      throw Authentication.refused();
    }
    return Optional.of(key.principal());
  }
}
