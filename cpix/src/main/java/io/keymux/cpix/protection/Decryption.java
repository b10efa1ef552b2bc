package io.keymux.cpix.protection;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.w3c.dom.Element;

/** The one place where a cipher's failure becomes ours. */
final class Decryption {
  private Decryption() {}

  /** A cipher that gives a secret. */
  interface Attempt {
    byte[] run() throws GeneralSecurityException;
  }

  /**
   * @param size whether the secret may have this many bytes
   * @throws ProtectionException with code {@code cpix-key-decryption-failed}, whatever went wrong.
   *     Ciphers also throw unchecked exceptions at hostile input.
   */
  static SecretBytes attempt(Element place, Attempt attempt, IntPredicate size) {
    byte[] secret;
    try {
      secret = attempt.run();
    } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
      throw ProtectionException.decryptionFailed(place);
    }
    try {
      if (!size.test(secret.length)) {
        throw ProtectionException.decryptionFailed(place);
      }
      return SecretBytes.copyOf(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
