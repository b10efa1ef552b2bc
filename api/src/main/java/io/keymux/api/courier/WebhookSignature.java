package io.keymux.api.courier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows who sent a message, when, and that nobody changed it.
 *
 * @see "Standard Webhooks 1.0.0, Signature scheme"
 */
public final class WebhookSignature {
  private WebhookSignature() {}

  /**
   * The three headers of a signed message.
   *
   * @param id of the message, the same whenever it is sent again
   * @param now in whole seconds
   * @param secrets keys of HMAC-SHA-256; with two, a receiver that knows either is content
   */
  public static Map<String, String> headers(
      String id, Instant now, String body, List<SecretBytes> secrets) {
    String seconds = Long.toString(now.getEpochSecond());
    String signed = id + "." + seconds + "." + body;
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        seconds,
        "webhook-signature",
        secrets.stream().map(secret -> of(signed, secret)).collect(Collectors.joining(" ")));
  }

  private static String of(String signed, SecretBytes secret) {
    byte[] key = secret.reveal();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
