package io.keymux.api.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.AuthSettings;
import io.keymux.api.problem.RequestException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A signature over method, path, query, the headers that the client chose, and the body.
 *
 * <p>A request that somebody recorded is accepted again until it is 15 minutes old.
 *
 * @see "AWS, Signature Version 4 signing process"
 */
final class SigV4Access implements Access {
  private static final String SERVICE = "execute-api";
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private final AuthSettings.SigV4 settings;
  private final SigningKeys keys;
  private final Clock clock;

  SigV4Access(AuthSettings.SigV4 settings, Clock clock) {
    this.settings = settings;
    this.keys = new SigningKeys(settings.secretAccessKey());
    this.clock = clock;
  }

  @Override
  public void require(AccessRequest request) {
    SigV4Header header = SigV4Header.of(request.header("Authorization"));
    if (header == null || !proves(request, header)) {
      throw RequestException.forbidden();
    }
  }

  private boolean proves(AccessRequest request, SigV4Header header) {
    String date = request.header("x-amz-date");
    if (!isCurrent(date)
        || !date.startsWith(header.date() + "T")
        || !header.service().equals(SERVICE)
        || (settings.region() != null && !settings.region().equals(header.region()))) {
      return false;
    }
    String bodyHash = CanonicalRequest.sha256(request.body());
    String statedHash = request.header("x-amz-content-sha256");
    String canonical = CanonicalRequest.of(request, header.signedHeaders(), bodyHash);
    if (canonical == null || !(statedHash.isEmpty() || statedHash.equals(bodyHash))) {
      return false;
    }
    String text =
        "AWS4-HMAC-SHA256\n%s\n%s\n%s"
            .formatted(date, header.scope(), CanonicalRequest.sha256(canonical.getBytes(UTF_8)));
    String signature = keys.sign(header, text);
    // Both are compared before either counts: time must not tell a wrong name from a wrong secret.
    boolean known = same(settings.accessKeyId(), header.accessKeyId());
    boolean signed = same(signature, header.signature());
    return known && signed;
  }

  private static boolean same(String expected, String shown) {
    return MessageDigest.isEqual(shown.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  private boolean isCurrent(String date) {
    Instant stated = instant(date);
    return stated != null && Duration.between(stated, clock.instant()).abs().compareTo(SKEW) <= 0;
  }

  private static @Nullable Instant instant(String date) {
    try {
      return LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
