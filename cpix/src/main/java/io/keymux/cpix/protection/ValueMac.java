package io.keymux.cpix.protection;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA512 over encrypted values, IV and ciphertext together. Not safe for several threads.
 *
 * @see "DASH-IF CPIX, MACMethod"
 */
final class ValueMac {
  /** What we write; others are read if they have {@link #LEAST_KEY_BYTES} or more. */
  static final int KEY_BYTES = 64;

  static final int LEAST_KEY_BYTES = 32;

  private final Mac mac;

  ValueMac(SecretBytes key) {
    byte[] bytes = key.reveal();
    try {
      mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(bytes, "HmacSHA512"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HMAC-SHA512", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  byte[] of(byte[] value) {
    return mac.doFinal(value);
  }

  /** Takes the same time wherever the two differ. */
  boolean matches(byte[] value, byte[] expected) {
    return MessageDigest.isEqual(of(value), expected);
  }
}
