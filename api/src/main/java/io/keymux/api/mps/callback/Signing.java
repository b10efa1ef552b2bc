package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver of callbacks knows the sender: by a hash over a time and the key, as Tencent has
 * it, and by a MAC that also covers the body, as Standard Webhooks has it.
 */
final class Signing {
  private Signing() {}

  /** MD5 of the digits and the key, in lower-case hex. It says nothing about the body. */
  static String md5(long timestamp, SecretBytes key) {
    byte[] secret = key.reveal();
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(Long.toString(timestamp).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The value of {@code Webhook-Signature}. */
  static String webhook(String id, long timestamp, String body, SecretBytes key) {
    byte[] secret = key.reveal();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] code = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
