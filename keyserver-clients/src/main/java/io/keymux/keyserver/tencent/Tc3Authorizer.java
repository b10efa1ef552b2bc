package io.keymux.keyserver.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs calls as Tencent Cloud's API 3.0 wants it. The signature covers {@code Content-Type}, the
 * host and the body, and is good for five minutes: the clock has to be right.
 *
 * @see "Tencent Cloud API 3.0, Signature Method v3 (TC3-HMAC-SHA256)"
 */
public final class Tc3Authorizer implements CallAuthorizer {
  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String SCOPE_END = "tc3_request";
  private static final String SIGNED_HEADERS = "content-type;host";

  private final String secretId;
  private final SecretBytes secretKey;
  private final @Nullable String token;
  private final @Nullable String service;
  private final Clock clock;

  private Tc3Authorizer(
      String secretId,
      SecretBytes secretKey,
      @Nullable String token,
      @Nullable String service,
      Clock clock) {
    this.secretId = secretId;
    this.secretKey = secretKey;
    this.token = token;
    this.service = service;
    this.clock = clock;
  }

  /**
   * @param secretId the name of the secret, as {@code AKID…}
   * @param secretKey UTF-8 of the secret; kept
   * @param token of a temporary secret, or null
   * @param service in the scope of the signature, as {@code drm}; null for the first label of the
   *     host, as Tencent's own clients have it
   * @throws IllegalArgumentException if the name, the token or the service cannot stand in a header
   */
  public static Tc3Authorizer of(
      String secretId, SecretBytes secretKey, @Nullable String token, @Nullable String service) {
    return of(secretId, secretKey, token, service, Clock.systemUTC());
  }

  static Tc3Authorizer of(
      String secretId,
      SecretBytes secretKey,
      @Nullable String token,
      @Nullable String service,
      Clock clock) {
    if (!secretId.matches("[\\x21-\\x7e&&[^,/]]+")
        || (token != null && !token.matches("[\\x21-\\x7e]+"))
        || (service != null && !service.matches("[A-Za-z0-9_-]+"))) {
      throw new IllegalArgumentException(
          "a secret id, token or service has characters that a signature cannot carry");
    }
    return new Tc3Authorizer(secretId, secretKey, token, service, clock);
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    Instant now = clock.instant();
    KeyServerCall dated = call.withHeader("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
    String date = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    String scope = date + "/" + service(call) + "/" + SCOPE_END;
    String toSign =
        ALGORITHM
            + "\n"
            + now.getEpochSecond()
            + "\n"
            + scope
            + "\n"
            + hex(sha256(canonical(call).getBytes(UTF_8)));
    String authorization =
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, secretId, scope, SIGNED_HEADERS, signature(date, call, toSign));
    KeyServerCall signed = dated.withHeader("Authorization", authorization);
    return token == null ? signed : signed.withHeader("X-TC-Token", token);
  }

  /**
   * The query as it is sent: it must not be sorted. The path is always that of the root, and values
   * of headers are in lower case.
   */
  String canonical(KeyServerCall call) {
    String type = call.header("Content-Type");
    String query = call.uri().getRawQuery();
    byte[] body = call.body().reveal();
    try {
      return "%s\n/\n%s\ncontent-type:%s\nhost:%s\n\n%s\n%s"
          .formatted(
              call.method(),
              query == null ? "" : query,
              type == null ? "" : type.toLowerCase(Locale.ROOT),
              KeyServerUrl.authority(call.uri()),
              SIGNED_HEADERS,
              hex(sha256(body)));
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private String signature(String date, KeyServerCall call, String toSign) {
    byte[] secret = secretKey.reveal();
    byte[] first = new byte["TC3".length() + secret.length];
    System.arraycopy("TC3".getBytes(UTF_8), 0, first, 0, "TC3".length());
    System.arraycopy(secret, 0, first, "TC3".length(), secret.length);
    Arrays.fill(secret, (byte) 0);
    byte[] key = first;
    for (String part : new String[] {date, service(call), SCOPE_END}) {
      byte[] next = hmac(key, part);
      Arrays.fill(key, (byte) 0);
      key = next;
    }
    String signature = hex(hmac(key, toSign));
    Arrays.fill(key, (byte) 0);
    return signature;
  }

  private String service(KeyServerCall call) {
    String host = call.host();
    int dot = host.indexOf('.');
    return service != null ? service : dot < 0 ? host : host.substring(0, dot);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "Tc3Authorizer";
  }
}
