package io.keymux.cpix.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Signers made on the spot. */
record TestSigner(PrivateKey key, X509Certificate certificate) {
  static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant NOT_AFTER = Instant.parse("2120-01-01T00:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  static final TestSigner ALICE = new Plan("Alice").make();
  static final TestSigner BOB = new Plan("Bob").make();

  KeyPair pair() {
    return new KeyPair(certificate.getPublicKey(), key);
  }

  DocumentSigner signer() {
    return signer(Canonicalization.C14N_1_0);
  }

  DocumentSigner signer(Canonicalization canonicalization) {
    return new DocumentSigner(key, certificate, new SigningOptions(canonicalization));
  }

  /** One key pair for each name: making them is the slow part. */
  static KeyPair pair(String name, String algorithm, int bits) {
    return PAIRS.computeIfAbsent(
        name + algorithm + bits,
        key -> {
          try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
          } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
          }
        });
  }

  /**
   * What the certificate says. It signs itself unless {@code issuer} is there.
   *
   * @param keyUsage bits of {@link KeyUsage}, or -1 for no such extension
   */
  record Plan(
      String name,
      KeyPair pair,
      @Nullable TestSigner issuer,
      boolean authority,
      int keyUsage,
      String algorithm,
      Instant notBefore,
      Instant notAfter) {

    Plan(String name) {
      this(
          name,
          TestSigner.pair(name, "RSA", 2048),
          null,
          false,
          -1,
          "SHA256withRSA",
          NOT_BEFORE,
          NOT_AFTER);
    }

    Plan with(KeyPair other) {
      return new Plan(name, other, issuer, authority, keyUsage, algorithm, notBefore, notAfter);
    }

    Plan from(TestSigner other) {
      return new Plan(name, pair, other, authority, keyUsage, algorithm, notBefore, notAfter);
    }

    Plan asAuthority() {
      return new Plan(name, pair, issuer, true, keyUsage, algorithm, notBefore, notAfter);
    }

    Plan usage(int bits) {
      return new Plan(name, pair, issuer, authority, bits, algorithm, notBefore, notAfter);
    }

    Plan signedWith(String other) {
      return new Plan(name, pair, issuer, authority, keyUsage, other, notBefore, notAfter);
    }

    Plan valid(Instant from, Instant to) {
      return new Plan(name, pair, issuer, authority, keyUsage, algorithm, from, to);
    }

    TestSigner make() {
      X500Principal subject = new X500Principal("CN=" + name);
      try {
        JcaX509v3CertificateBuilder builder =
            new JcaX509v3CertificateBuilder(
                issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                pair.getPublic());
        if (authority) {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (keyUsage >= 0) {
          builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
        }
        PrivateKey by = issuer == null ? pair.getPrivate() : issuer.key();
        return new TestSigner(
            pair.getPrivate(),
            new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(by))));
      } catch (OperatorCreationException | GeneralSecurityException | CertIOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
