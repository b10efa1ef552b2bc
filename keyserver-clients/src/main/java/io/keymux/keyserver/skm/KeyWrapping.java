package io.keymux.keyserver.skm;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys under a key encryption key (KEK), so that the store never sees them in the clear.
 *
 * @see "RFC 3394, AES Key Wrap Algorithm"
 */
final class KeyWrapping {
  private static final byte[] ID_LABEL = {'K', 'E', 'K', 'I', 'D', '_', '1'};

  private final SecretBytes kek;

  /**
   * @param kek 16 or 32 bytes
   */
  KeyWrapping(SecretBytes kek) {
    if (kek.size() != 16 && kek.size() != 32) {
      throw new IllegalArgumentException("a KEK has 16 or 32 bytes, this one has " + kek.size());
    }
    this.kek = kek;
  }

  /** The name of the KEK: it tells nothing of it. */
  String id() {
    byte[] secret = kek.reveal();
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(ID_LABEL);
      return "#1." + HexFormat.of().formatHex(sha1.digest(secret), 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** 8 bytes longer than {@code key}. */
  byte[] wrap(SecretBytes key) {
    byte[] secret = key.reveal();
    try {
      return cipher(Cipher.WRAP_MODE).wrap(new SecretKeySpec(secret, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK wraps AES keys", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Null if it was not wrapped under this KEK, or was changed since. */
  @Nullable SecretBytes unwrap(byte[] wrapped) {
    try {
      byte[] key =
          cipher(Cipher.UNWRAP_MODE).unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
      try {
        return SecretBytes.copyOf(key);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    } catch (InvalidKeyException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK unwraps AES keys", e);
    }
  }

  private Cipher cipher(int mode) throws GeneralSecurityException {
    byte[] secret = kek.reveal();
    try {
      Cipher cipher = Cipher.getInstance("AESWrap");
      cipher.init(mode, new SecretKeySpec(secret, "AES"));
      return cipher;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
