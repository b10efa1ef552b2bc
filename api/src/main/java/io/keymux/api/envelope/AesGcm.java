package io.keymux.api.envelope;

import io.keymux.cpix.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random nonce: 12 bytes of nonce, what was encrypted, 16 bytes of tag. One key
 * is good for 2^32 values.
 *
 * @see "NIST SP 800-38D, 8.2.2 RBG-based construction of IVs"
 */
final class AesGcm {
  /** Size of a key, in bytes. */
  static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AesGcm() {}

  /** A new key. */
  static SecretBytes key() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    try {
      return SecretBytes.copyOf(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * @param key of 32 bytes
   */
  static byte[] encrypt(SecretBytes key, byte[] associated, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * @param hidden from {@code offset} on, what {@link #encrypt} gave
   * @throws GeneralSecurityException if key or associated data are others, or a byte was changed
   */
  static byte[] decrypt(SecretBytes key, byte[] associated, byte[] hidden, int offset)
      throws GeneralSecurityException {
    int size = hidden.length - offset - NONCE_BYTES;
    if (size < TAG_BYTES) {
      throw new GeneralSecurityException("there is no tag");
    }
    byte[] nonce = Arrays.copyOfRange(hidden, offset, offset + NONCE_BYTES);
    return cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
        .doFinal(hidden, offset + NONCE_BYTES, size);
  }

  private static Cipher cipher(int mode, SecretBytes key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    byte[] raw = key.reveal();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(raw, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
      cipher.updateAAD(associated);
      return cipher;
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }
}
