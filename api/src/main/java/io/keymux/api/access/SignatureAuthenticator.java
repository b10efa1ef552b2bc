package io.keymux.api.access;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.access.proof.SigV4Header;
import io.keymux.api.access.proof.SigV4Proof;
import io.keymux.api.database.Database;
import io.keymux.cpix.SecretBytes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A signature with an API key, whose secret then never crosses the network. Whoever records a
 * request that changes something cannot send it again.
 *
 * @see "AWS, Signature Version 4 signing process"
 */
final class SignatureAuthenticator implements Authenticator {
  /** That signatures name. */
  static final String SERVICE = "keymux";

  /** A request's date may be off by as much. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD");

  /** For ids that nobody has: time must not tell them from those that somebody has. */
  private static final SecretBytes NOBODYS = SecretBytes.copyOf(new byte[43]);

  private final Map<String, ApiKey> keys;
  private final SigV4Proof proof;
  private final SeenSignatures seen;
  private final Clock clock;

  /**
   * @param keys of which those without a secret sign nothing
   */
  SignatureAuthenticator(List<ApiKey> keys, Database database, Clock clock) {
    this.keys =
        keys.stream()
            .filter(key -> key.secret() != null)
            .collect(Collectors.toMap(ApiKey::id, Function.identity()));
    this.proof = new SigV4Proof(SERVICE, SKEW, clock);
    this.seen = new SeenSignatures(database, clock);
    this.clock = clock;
  }

  @Override
  public Optional<Principal> authenticate(AccessRequest request) {
    SigV4Header header = SigV4Header.of(request.header("Authorization"));
    if (header == null) {
      return Optional.empty();
    }
    ApiKey key = keys.get(header.accessKeyId());
    SecretBytes secret = key == null || key.secret() == null ? NOBODYS : key.secret();
    boolean signed = proof.isSigned(request, header, secret, null);
    if (key == null || !signed || key.isExpired(clock.instant()) || isReplayed(request, header)) {
      throw Authentication.refused();
    }
    return Optional.of(key.principal());
  }

  private boolean isReplayed(AccessRequest request, SigV4Header header) {
    return !CHANGE_NOTHING.contains(request.method())
        && !seen.isFirst(header.signature(), SKEW.multipliedBy(2).plusMinutes(1));
  }
}
