package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes IVs that look random, repeat for the same key and input, and tell nothing about the key:
 * HMAC-SHA256 under a key of its own, which is derived from the content key.
 */
public final class IvDerivation {
  private static final byte[] LABEL = "keymux iv 1".getBytes(StandardCharsets.US_ASCII);

  private IvDerivation() {}

  /**
   * @param fingerprint of the input
   * @param purpose tells tracks and attempts of one job apart
   * @return 16 bytes
   */
  public static Bytes derive(ContentKey key, Bytes fingerprint, String purpose) {
    byte[] secret = key.value().reveal();
    byte[] ivKey = new byte[0];
    try {
      ivKey = hmac(secret, LABEL);
      byte[] named = purpose.getBytes(StandardCharsets.UTF_8);
      byte[] input = Arrays.copyOf(fingerprint.toArray(), fingerprint.size() + named.length);
      System.arraycopy(named, 0, input, fingerprint.size(), named.length);
      return Bytes.copyOf(Arrays.copyOf(hmac(ivKey, input), 16));
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(ivKey, (byte) 0);
    }
  }

  private static byte[] hmac(byte[] key, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
