package io.keymux.cpix.credential;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed credentials made on the spot. One name always gives the same within a test run. */
public final class TestCertificates {
  /** Long past; certificates end a hundred years later. */
  public static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");

  public static final Instant NOT_AFTER = Instant.parse("2120-01-01T00:00:00Z");

  private static final Map<String, Credential> MADE = new ConcurrentHashMap<>();

  private TestCertificates() {}

  /** A 2048-bit RSA credential, signed with SHA-256. */
  public static Credential rsa2048(String name) {
    return rsa(name, 2048, "SHA256withRSA");
  }

  /** A 3072-bit RSA credential, signed with SHA-256: the least that plain CPIX asks for. */
  public static Credential rsa3072(String name) {
    return rsa(name, 3072, "SHA256withRSA");
  }

  public static Credential rsa(String name, int bits, String signatureAlgorithm) {
    return MADE.computeIfAbsent(
        name + "/" + bits + "/" + signatureAlgorithm,
        key -> {
          KeyPair pair = keyPair("RSA", bits);
          return new Credential(
              certificate(name, pair, signatureAlgorithm, BigInteger.valueOf(key.hashCode())),
              pair.getPrivate());
        });
  }

  public static KeyPair keyPair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits, new SecureRandom());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * @param serial may be negative, as in certificates of the field
   */
  public static X509Certificate certificate(
      String name, KeyPair pair, String signatureAlgorithm, BigInteger serial) {
    X500Principal subject = new X500Principal("CN=" + name);
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      subject,
                      serial,
                      Date.from(NOT_BEFORE),
                      Date.from(NOT_AFTER),
                      subject,
                      pair.getPublic())
                  .build(new JcaContentSignerBuilder(signatureAlgorithm).build(pair.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
