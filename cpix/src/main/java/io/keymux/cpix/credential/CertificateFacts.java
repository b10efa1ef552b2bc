package io.keymux.cpix.credential;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Locale;

/**
 * What a certificate says about itself. Nothing of it is proven: the signature is not checked.
 *
 * @param subject in the form of RFC 2253
 * @param issuer in the form of RFC 2253
 * @param serial may be negative: certificates of the field have such
 * @param rsaBits size of the modulus; 0 if the key is not RSA
 * @param signatureAlgorithm how the issuer signed, such as {@code SHA256withRSA}
 * @param notBefore inclusive
 * @param notAfter inclusive
 */
public record CertificateFacts(
    String subject,
    String issuer,
    BigInteger serial,
    int rsaBits,
    String signatureAlgorithm,
    Instant notBefore,
    Instant notAfter) {

  public static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        certificate.getSerialNumber(),
        certificate.getPublicKey() instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0,
        certificate.getSigAlgName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  public boolean isRsa() {
    return rsaBits > 0;
  }

  public boolean isSha1Signed() {
    return signatureAlgorithm.toUpperCase(Locale.ROOT).startsWith("SHA1WITH");
  }

  public boolean isValidAt(Instant time) {
    return !time.isBefore(notBefore) && !time.isAfter(notAfter);
  }
}
