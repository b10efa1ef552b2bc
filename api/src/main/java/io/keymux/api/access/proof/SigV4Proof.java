package io.keymux.api.access.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
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
 * @see "AWS, Signature Version 4 signing process"
 */
public final class SigV4Proof {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  private final String service;
  private final Duration skew;
  private final Clock clock;

  /**
   * @param service that signatures must name
   * @param skew how far a request's date may be off; so long, somebody who recorded it may send it
   *     again, unless the caller remembers it
   */
  public SigV4Proof(String service, Duration skew, Clock clock) {
    this.service = service;
    this.skew = skew;
    this.clock = clock;
  }

  /**
   * Whether the request is signed with this key. Takes as long whatever is wrong with the
   * signature; the body is read only if the headers are right.
   *
   * @param header of the request
   * @param region the only one that is accepted, or null for any
   */
  public boolean isSigned(
      AccessRequest request,
      SigV4Header header,
      SecretBytes secretAccessKey,
      @Nullable String region) {
    String date = request.header("x-amz-date");
    if (!isCurrent(date)
        || !date.startsWith(header.date() + "T")
        || !header.service().equals(service)
        || (region != null && !region.equals(header.region()))) {
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
    byte[] signature = new SigningKeys(secretAccessKey).sign(header, text).getBytes(UTF_8);
    return MessageDigest.isEqual(header.signature().getBytes(UTF_8), signature);
  }

  private boolean isCurrent(String date) {
    Instant stated = instant(date);
    return stated != null && Duration.between(stated, clock.instant()).abs().compareTo(skew) <= 0;
  }

  private static @Nullable Instant instant(String date) {
    try {
      return LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
