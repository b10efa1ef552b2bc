package io.keymux.cpix.credential;

import io.keymux.cpix.SecretBytes;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads credentials from files.
 *
 * <p>The caller overwrites the bytes of the file and wipes the password. The text of a PEM file
 * lives on in the parser's strings until they are collected.
 */
public final class CredentialReader {
  private CredentialReader() {}

  /**
   * Reads a file that holds both parts.
   *
   * @param name what messages call the file
   * @param file PKCS#12, or PEM with a private key and its certificate in any order; certificates
   *     of the chain may stand beside
   * @param password in UTF-8; null if the file has none
   * @throws CredentialException with code {@code credential-password-missing}, {@code
   *     credential-password-wrong}, {@code certificate-unreadable}, {@code private-key-unreadable},
   *     {@code credential-unusable} or {@code credential-not-rsa}
   */
  public static Credential read(String name, byte[] file, @Nullable SecretBytes password) {
    try (Password secret = new Password(password)) {
      if (CertificateReader.isDer(file)) {
        return Pkcs12File.read(name, file, secret);
      }
      PemFile pem = PemFile.read(name, file);
      return matching(name, PrivateKeys.of(name, pem.others(), secret), pem.certificates());
    }
  }

  /**
   * Reads a private key whose certificate stands elsewhere.
   *
   * @param name what messages call the file of the key
   * @param file PKCS#8, plain or encrypted, or PKCS#1, each in PEM or DER
   * @param password in UTF-8; null if the file has none
   * @throws CredentialException as {@link #read}
   */
  public static Credential read(
      X509Certificate certificate, String name, byte[] file, @Nullable SecretBytes password) {
    try (Password secret = new Password(password)) {
      PrivateKey key =
          CertificateReader.isDer(file)
              ? PrivateKeys.ofDer(name, file, secret)
              : PrivateKeys.of(name, PemFile.read(name, file).others(), secret);
      return new Credential(certificate, key);
    }
  }

  static Credential matching(String name, PrivateKey key, List<X509Certificate> certificates) {
    for (X509Certificate certificate : certificates) {
      if (key instanceof RSAKey secret
          && certificate.getPublicKey() instanceof RSAKey open
          && open.getModulus().equals(secret.getModulus())) {
        return new Credential(certificate, key);
      }
    }
    throw CredentialException.unusable(name, "has no certificate for its private key");
  }
}
