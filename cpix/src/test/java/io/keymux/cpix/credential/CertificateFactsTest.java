package io.keymux.cpix.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class CertificateFactsTest {

  @Test
  void of_certificateWithNegativeSerial_isAsItWasMade() throws Exception {
    KeyPair pair = TestCertificates.keyPair("RSA", 2048);
    X509Certificate made =
        TestCertificates.certificate("x", pair, "SHA1withRSA", BigInteger.valueOf(-42));
    CertificateFacts facts = CertificateFacts.of(CertificateReader.readDer("x", made.getEncoded()));
    assertThat(facts)
        .isEqualTo(
            new CertificateFacts(
                "CN=x",
                "CN=x",
                BigInteger.valueOf(-42),
                2048,
                "SHA1withRSA",
                TestCertificates.NOT_BEFORE,
                TestCertificates.NOT_AFTER));
    assertThat(facts.isSha1Signed()).isTrue();
  }

  @Test
  void isValidAt_boundaries_areInclusive() {
    CertificateFacts facts = TestCertificates.rsa2048("mine").facts();
    assertThat(facts.isValidAt(TestCertificates.NOT_BEFORE)).isTrue();
    assertThat(facts.isValidAt(TestCertificates.NOT_AFTER)).isTrue();
    assertThat(facts.isValidAt(TestCertificates.NOT_BEFORE.minusMillis(1))).isFalse();
    assertThat(facts.isValidAt(TestCertificates.NOT_AFTER.plusMillis(1))).isFalse();
    assertThat(facts.isSha1Signed()).isFalse();
  }

  @Test
  void of_ellipticKey_hasNoRsaBits() {
    KeyPair pair = TestCertificates.keyPair("EC", 256);
    CertificateFacts facts =
        CertificateFacts.of(
            TestCertificates.certificate("x", pair, "SHA256withECDSA", BigInteger.ONE));
    assertThat(facts.isRsa()).isFalse();
    assertThat(facts.rsaBits()).isZero();
  }
}
