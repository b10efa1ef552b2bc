package io.keymux.cpix.credential;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;

/**
 * A certificate with the private key that belongs to it: what a recipient decrypts and a signer
 * signs with. The printed form names the certificate only.
 *
 * @param certificate of an RSA key
 * @param privateKey an RSA key; it may live in a hardware module
 */
public record Credential(X509Certificate certificate, PrivateKey privateKey) {

  /**
   * @throws CredentialException with code {@code credential-not-rsa} or {@code credential-unusable}
   *     if the two do not belong together
   */
  public Credential {
    CertificateFacts facts = CertificateFacts.of(certificate);
    if (!facts.isRsa() || !"RSA".equals(privateKey.getAlgorithm())) {
      throw CredentialException.notRsa("The credential of " + facts.subject());
    }
    // A key in a hardware module need not show its modulus.
    if (certificate.getPublicKey() instanceof RSAKey open
        && privateKey instanceof RSAKey secret
        && !open.getModulus().equals(secret.getModulus())) {
      throw CredentialException.unusable(
          "The private key", "is not the one of the certificate of " + facts.subject());
    }
  }

  public CertificateFacts facts() {
    return CertificateFacts.of(certificate);
  }

  @Override
  public String toString() {
    CertificateFacts facts = facts();
    return "Credential[" + facts.subject() + ", serial " + facts.serial() + "]";
  }
}
