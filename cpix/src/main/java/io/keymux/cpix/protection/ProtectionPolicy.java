package io.keymux.cpix.protection;

import io.keymux.cpix.credential.CertificateFacts;
import java.security.cert.X509Certificate;

/**
 * What is asked of certificates and documents. Each switch that is on gives up some protection.
 *
 * @param minRsaBits the smallest modulus of a recipient's key
 * @param acceptsSha1Certificates whether a certificate may be signed with SHA-1
 * @param acceptsMissingMac whether an encrypted key without a MAC is decrypted; damage then goes
 *     unseen, and an attacker who may ask often can learn the key
 * @param acceptsClearBesideEncrypted whether a key in the clear is read where recipients are named;
 *     anyone on the way can put such a key in
 * @param acceptsXmlencPadding whether the padding may hold arbitrary bytes but for the last, as
 *     libraries of XML Encryption write it, or must be that of PKCS#7
 * @see "DASH-IF CPIX, Mandatory Algorithms"
 */
public record ProtectionPolicy(
    int minRsaBits,
    boolean acceptsSha1Certificates,
    boolean acceptsMissingMac,
    boolean acceptsClearBesideEncrypted,
    boolean acceptsXmlencPadding) {

  /** 3072 bits, and every switch off. */
  public static final ProtectionPolicy CPIX =
      new ProtectionPolicy(3072, false, false, false, false);

  /** 2048 bits, which SPEKE asks for, and every switch off. */
  public static final ProtectionPolicy SPEKE =
      new ProtectionPolicy(2048, false, false, false, false);

  public ProtectionPolicy acceptingSha1Certificates() {
    return new ProtectionPolicy(
        minRsaBits, true, acceptsMissingMac, acceptsClearBesideEncrypted, acceptsXmlencPadding);
  }

  public ProtectionPolicy acceptingMissingMac() {
    return new ProtectionPolicy(
        minRsaBits,
        acceptsSha1Certificates,
        true,
        acceptsClearBesideEncrypted,
        acceptsXmlencPadding);
  }

  public ProtectionPolicy acceptingClearBesideEncrypted() {
    return new ProtectionPolicy(
        minRsaBits, acceptsSha1Certificates, acceptsMissingMac, true, acceptsXmlencPadding);
  }

  public ProtectionPolicy acceptingXmlencPadding() {
    return new ProtectionPolicy(
        minRsaBits, acceptsSha1Certificates, acceptsMissingMac, acceptsClearBesideEncrypted, true);
  }

  /**
   * @throws ProtectionException with code {@code cpix-weak-certificate}
   */
  void requireStrong(X509Certificate certificate) {
    CertificateFacts facts = CertificateFacts.of(certificate);
    if (!facts.isRsa()) {
      throw ProtectionException.weak(facts, "has a key that is not RSA");
    }
    if (facts.rsaBits() < minRsaBits) {
      throw ProtectionException.weak(
          facts, "has an RSA key of %d bits, less than %d".formatted(facts.rsaBits(), minRsaBits));
    }
    if (facts.isSha1Signed() && !acceptsSha1Certificates) {
      throw ProtectionException.weak(facts, "is signed with SHA-1");
    }
  }
}
