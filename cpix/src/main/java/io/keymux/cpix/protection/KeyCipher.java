package io.keymux.cpix.protection;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Content keys under one document key.
 *
 * <pre>
 * aes256-cbc:  IV[16] | AES-256-CBC(content key | PKCS#7 padding)   48 bytes for a 16-byte key
 * kw-aes*:     RFC 3394                                             24 bytes for a 16-byte key
 * </pre>
 *
 * Padding is taken off by hand: XML Encryption leaves all of it but the last byte open. Not safe
 * for several threads.
 *
 * @see "XML Encryption, 5.2 Block Encryption Algorithms"
 */
final class KeyCipher {
  static final int KEY_BYTES = 32;

  private static final int BLOCK = 16;

  private final SecretKeySpec key;
  private final int keyBytes;

  KeyCipher(SecretBytes documentKey) {
    byte[] bytes = documentKey.reveal();
    this.key = new SecretKeySpec(bytes, "AES");
    this.keyBytes = bytes.length;
    Arrays.fill(bytes, (byte) 0);
  }

  /** With a fresh IV. */
  byte[] encrypt(byte[] contentKey, SecureRandom random) {
    byte[] iv = new byte[BLOCK];
    random.nextBytes(iv);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      byte[] value = Arrays.copyOf(iv, BLOCK + cipher.getOutputSize(contentKey.length));
      cipher.doFinal(contentKey, 0, contentKey.length, value, BLOCK);
      return value;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-CBC with a checked key failed", e);
    }
  }

  /**
   * @param algorithm AES-256-CBC or a key wrap
   * @return 16 or 32 bytes
   * @throws GeneralSecurityException whose words must not get out
   */
  byte[] decrypt(String algorithm, byte[] value, boolean xmlencPadding)
      throws GeneralSecurityException {
    byte[] contentKey =
        algorithm.equals(AlgorithmNames.AES256_CBC)
            ? decryptCbc(value, xmlencPadding)
            : unwrap(AlgorithmNames.keyWrapSize(algorithm), value);
    if (contentKey.length != 16 && contentKey.length != 32) {
      Arrays.fill(contentKey, (byte) 0);
      throw new GeneralSecurityException("size");
    }
    return contentKey;
  }

  private byte[] unwrap(int size, byte[] value) throws GeneralSecurityException {
    requireKey(size);
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(Cipher.UNWRAP_MODE, key);
    SecretKey contentKey = (SecretKey) cipher.unwrap(value, "AES", Cipher.SECRET_KEY);
    return contentKey.getEncoded();
  }

  private byte[] decryptCbc(byte[] value, boolean xmlencPadding) throws GeneralSecurityException {
    requireKey(KEY_BYTES);
    if (value.length < 2 * BLOCK || value.length % BLOCK != 0) {
      throw new GeneralSecurityException("size");
    }
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(value, 0, BLOCK));
    byte[] padded = cipher.doFinal(value, BLOCK, value.length - BLOCK);
    try {
      int padding = padded[padded.length - 1];
      int wrong = padding < 1 || padding > BLOCK ? 1 : 0;
      for (int i = 2; wrong == 0 && !xmlencPadding && i <= padding; i++) {
        wrong = padded[padded.length - i] ^ padding;
      }
      if (wrong != 0) {
        throw new GeneralSecurityException("padding");
      }
      return Arrays.copyOf(padded, padded.length - padding);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private void requireKey(int size) throws GeneralSecurityException {
    if (keyBytes != size) {
      throw new GeneralSecurityException("key");
    }
  }
}
