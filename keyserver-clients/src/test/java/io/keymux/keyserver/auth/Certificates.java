package io.keymux.keyserver.auth;

import io.keymux.cpix.credential.Credential;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Certificates made on the spot. */
public final class Certificates {
  private Certificates() {}

  public static Credential selfSigned(String name) {
    return issue(name, null, true, null, Instant.now().plus(Duration.ofDays(1)));
  }

  /**
   * @param address that it is for, or null if it is for no server
   */
  public static Credential issuedBy(Credential issuer, String name, @Nullable String address) {
    return issue(name, issuer, false, address, Instant.now().plus(Duration.ofDays(1)));
  }

  public static Credential intermediate(Credential issuer, String name) {
    return issue(name, issuer, true, null, Instant.now().plus(Duration.ofDays(1)));
  }

  public static Credential expired(Credential issuer, String name, String address) {
    return issue(name, issuer, false, address, Instant.now().minus(Duration.ofHours(1)));
  }

  public static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Credential issue(
      String name,
      @Nullable Credential issuer,
      boolean authority,
      @Nullable String address,
      Instant end) {
    KeyPair pair = rsa(2048);
    X500Principal subject = new X500Principal("CN=" + name);
    X500Principal by = issuer == null ? subject : issuer.certificate().getSubjectX500Principal();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            by,
            BigInteger.valueOf(name.hashCode()).abs().add(BigInteger.ONE),
            Date.from(Instant.now().minus(Duration.ofDays(2))),
            Date.from(end),
            subject,
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (address != null) {
        int kind = address.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(kind, address)));
      }
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withRSA")
                          .build(issuer == null ? pair.getPrivate() : issuer.privateKey())));
      return new Credential(certificate, pair.getPrivate());
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
