package io.keymux.api.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.access.proof.SigV4Header;
import io.keymux.api.access.proof.SigV4Proof;
import io.keymux.api.config.AuthSettings;
import io.keymux.api.problem.RequestException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;

/** A signed request; one that somebody recorded is accepted again until it is 15 minutes old. */
final class SigV4Access implements Access {
  private static final String SERVICE = "execute-api";
  private static final Duration SKEW = Duration.ofMinutes(15);

  private final AuthSettings.SigV4 settings;
  private final SigV4Proof proof;

  SigV4Access(AuthSettings.SigV4 settings, Clock clock) {
    this.settings = settings;
    this.proof = new SigV4Proof(SERVICE, SKEW, clock);
  }

  @Override
  public void require(AccessRequest request) {
    SigV4Header header = SigV4Header.of(request.header("Authorization"));
    if (header == null || !proves(request, header)) {
      throw RequestException.forbidden();
    }
  }

  private boolean proves(AccessRequest request, SigV4Header header) {
    // Both are looked at before either counts: time must not tell a wrong name from a wrong secret.
    boolean known =
        MessageDigest.isEqual(
            header.accessKeyId().getBytes(UTF_8), settings.accessKeyId().getBytes(UTF_8));
    boolean signed = proof.isSigned(request, header, settings.secretAccessKey(), settings.region());
    return known && signed;
  }
}
