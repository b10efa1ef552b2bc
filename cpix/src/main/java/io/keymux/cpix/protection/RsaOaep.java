package io.keymux.cpix.protection;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * RSA-OAEP with SHA-1 for the label and for MGF1, label empty: the one form that peers write. The
 * weakness of SHA-1 is in collisions, which OAEP does not rest on.
 *
 * @see "XML Encryption, 5.5.2 RSA-OAEP"
 */
final class RsaOaep {
  private static final String TRANSFORMATION = "RSA/ECB/OAEPPadding";
  private static final OAEPParameterSpec PARAMETERS =
      new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

  private RsaOaep() {}

  /** As many bytes as the modulus has. */
  static byte[] wrap(X509Certificate recipient, byte[] secret, SecureRandom random) {
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(Cipher.ENCRYPT_MODE, recipient.getPublicKey(), PARAMETERS, random);
      return cipher.doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA-OAEP with a checked key failed", e);
    }
  }

  /**
   * @throws GeneralSecurityException whose words must not get out
   */
  static byte[] unwrap(PrivateKey key, byte[] wrapped) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(Cipher.DECRYPT_MODE, key, PARAMETERS);
    return cipher.doFinal(wrapped);
  }
}
