package io.keymux.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.TlsSettings;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private keys as tools write them, and certificates that are replaced. */
class TlsKeysTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "EC,      SHA256withECDSA, PRIVATE KEY",
    "EC,      SHA256withECDSA, EC PRIVATE KEY",
    "RSA,     SHA256withRSA,   PRIVATE KEY",
    "RSA,     SHA256withRSA,   RSA PRIVATE KEY",
    "Ed25519, Ed25519,         PRIVATE KEY",
  })
  void key_ofEachForm_isRead(String algorithm, String signature, String form) throws Exception {
    KeyPair pair = pair(algorithm);
    Object written =
        switch (form) {
          case "PRIVATE KEY" -> new JcaPKCS8Generator(pair.getPrivate(), null);
          case "RSA PRIVATE KEY" -> pair.getPrivate();
          default ->
              new PemObject(
                  form,
                  new org.bouncycastle.asn1.sec.ECPrivateKey(
                          256,
                          ((ECPrivateKey) pair.getPrivate()).getS(),
                          SECObjectIdentifiers.secp256r1)
                      .getEncoded());
        };
    TlsSettings settings = write(pair, signature, written);
    assertThat(Files.readString(settings.key())).startsWith("-----BEGIN " + form);
    SslContextFactory.Server context = Tls.context(settings);
    Signature signer = Signature.getInstance(signature);
    signer.initSign((PrivateKey) current(context));
    signer.update((byte) 1);
    byte[] signed = signer.sign();
    signer.initVerify(pair.getPublic());
    signer.update((byte) 1);
    assertThat(signer.verify(signed)).isTrue();
  }

  @Test
  void certificate_replaced_isTakenOnceItGoesWithItsKey() throws Exception {
    KeyPair first = pair("EC");
    TlsSettings settings =
        write(first, "SHA256withECDSA", new JcaPKCS8Generator(first.getPrivate(), null));
    SslContextFactory.Server context = Tls.context(settings);
    context.start();
    TlsRenewal renewal = new TlsRenewal(context, settings);
    renewal.look();
    assertThat(current(context)).isEqualTo(first.getPrivate());

    KeyPair second = pair("EC");
    Files.setLastModifiedTime(
        write(second, "SHA256withECDSA", new JcaPKCS8Generator(second.getPrivate(), null)).key(),
        FileTime.from(Instant.now().plusSeconds(10)));
    String whole = Files.readString(settings.key());
    Files.writeString(settings.key(), "half of it");
    renewal.look();
    assertThat(current(context)).isEqualTo(first.getPrivate());
    Files.writeString(settings.key(), whole);
    renewal.look();
    assertThat(current(context)).isEqualTo(second.getPrivate());
    context.stop();
  }

  private static Object current(SslContextFactory.Server context) throws Exception {
    return context.getKeyStore().getKey("own", "any".toCharArray());
  }

  private TlsSettings write(KeyPair pair, String signature, Object key) throws Exception {
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=keymux");
    Object certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        name,
                        pair.getPublic())
                    .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
    return new TlsSettings(
        write(folder.resolve("own.pem"), certificate), write(folder.resolve("own.key"), key), null);
  }

  private static Path write(Path file, Object part) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(part);
    }
    return Files.writeString(file, text.toString());
  }

  private static KeyPair pair(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(256);
    }
    return generator.generateKeyPair();
  }
}
