package io.keymux.keyserver;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256: makes independent keys out of one secret.
 *
 * @see "RFC 5869, HMAC-based Extract-and-Expand Key Derivation Function"
 */
final class Hkdf {
  static final int HASH_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private Hkdf() {}

  /**
   * HKDF-Extract (section 2.2).
   *
   * @param salt public; empty means {@value #HASH_BYTES} zero bytes
   * @return the pseudorandom key, {@value #HASH_BYTES} bytes, which the caller must overwrite
   */
  static byte[] extract(byte[] salt, byte[] secret) {
    return mac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(secret);
  }

  /**
   * HKDF-Expand (section 2.3).
   *
   * @param pseudorandomKey from {@link #extract}
   * @param info says what the output is for: different infos give independent outputs
   * @param length 1 to 255 x {@value #HASH_BYTES} bytes
   * @return output that the caller must overwrite
   */
  static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
    if (length < 1 || length > 255 * HASH_BYTES) {
      throw new IllegalArgumentException("HKDF cannot give " + length + " bytes");
    }
    Mac mac = mac(pseudorandomKey);
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0, counter = 1; at < length; at += HASH_BYTES, counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      Arrays.fill(block, (byte) 0);
      block = mac.doFinal();
      System.arraycopy(block, 0, output, at, Math.min(HASH_BYTES, length - at));
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
