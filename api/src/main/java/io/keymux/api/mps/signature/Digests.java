package io.keymux.api.mps.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hashes that signatures are made of. */
final class Digests {
  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  /** In lower-case hex. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Overwrites {@code key}. */
  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Takes as long whatever the texts are. */
  static boolean same(String expected, String shown) {
    return MessageDigest.isEqual(shown.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  /** Takes as long whatever the texts are. */
  static boolean same(SecretBytes expected, String shown) {
    byte[] secret = expected.reveal();
    try {
      return MessageDigest.isEqual(shown.getBytes(UTF_8), secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
