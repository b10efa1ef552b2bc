package io.keymux.packager.encrypt;

import io.keymux.cpix.ContentKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One JCE cipher with one key, fed in slices.
 *
 * <p>The JDK's AES intrinsic is reached only from compiled callers, and a few calls with whole
 * frames never get compiled: small slices make enough calls to be fast within the first megabytes.
 * Then larger ones cost less.
 */
final class AesCipher {
  private static final int FIRST_SLICE_BYTES = 1024;
  private static final int SLICE_BYTES = 16 * 1024;
  private static final int CALLS_UNTIL_COMPILED = 16 * 1024;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private int calls;

  private AesCipher(Cipher cipher, SecretKeySpec key) {
    this.cipher = cipher;
    this.key = key;
  }

  /**
   * @param transformation without padding, such as {@code AES/CTR/NoPadding}
   */
  static AesCipher of(String transformation, ContentKey contentKey) {
    byte[] value = contentKey.value().reveal();
    try {
      return new AesCipher(Cipher.getInstance(transformation), new SecretKeySpec(value, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(transformation + " is missing from this JDK", e);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /**
   * @param iv 16 bytes
   */
  void init(byte[] iv) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses its own IV", e);
    }
  }

  /** Goes on with the chain or key stream; the arrays differ. */
  void update(byte[] in, int inOffset, byte[] out, int outOffset, int length) {
    try {
      int done = 0;
      while (done < length) {
        int most = calls < CALLS_UNTIL_COMPILED ? FIRST_SLICE_BYTES : SLICE_BYTES;
        int slice = Math.min(most, length - done);
        cipher.update(in, inOffset + done, slice, out, outOffset + done);
        done += slice;
        calls++;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses a slice", e);
    }
  }
}
