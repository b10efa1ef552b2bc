package io.keymux.cpix.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that .NET and OpenSSL made. */
class CredentialVectorTest {

  @ParameterizedTest
  @CsvSource({
    "Cert1, 4096, SHA512withRSA, 1",
    "Cert2, 4096, SHA512withRSA, -1",
    "Cert3, 4096, SHA512withRSA, 1",
    "Cert4, 4096, SHA512withRSA, -1",
    "WeakCert_Sha1, 4096, SHA1withRSA, "
  })
  void read_pkcs12OfDotNet_isTheCertificateBesideIt(
      String name, int bits, String algorithm, Integer signum) {
    String folder = "dashif-cpix-test-vectors/";
    Credential credential =
        CredentialReader.read(
            name,
            Resources.vector(folder + name + ".pfx"),
            SecretBytes.copyOf(name.getBytes(UTF_8)));
    assertThat(credential.certificate())
        .isEqualTo(CertificateReader.read(name, Resources.vector(folder + name + ".cer")).get(0));
    CertificateFacts facts = credential.facts();
    assertThat(facts.rsaBits()).isEqualTo(bits);
    assertThat(facts.signatureAlgorithm()).isEqualTo(algorithm);
    assertThat(facts.isSha1Signed()).isEqualTo(algorithm.startsWith("SHA1"));
    if (signum != null) {
      assertThat(facts.serial().signum()).isEqualTo(signum);
    }
  }

  @Test
  void read_pemOfOpenSsl_isACredential() {
    byte[] certificate = Resources.vector("aws-peer-pairs/enc2048.cert.pem");
    byte[] key = Resources.vector("aws-peer-pairs/enc2048.key.pem");
    Credential credential =
        CredentialReader.read(
            CertificateReader.read("certificate", certificate).get(0), "key", key, null);
    assertThat(CredentialReader.read("both", CredentialFiles.joined(certificate, key), null))
        .isEqualTo(credential);
    assertThat(CertificateReader.read("der", Resources.vector("aws-peer-pairs/enc2048.cer")))
        .containsExactly(credential.certificate());
    assertThat(credential.facts().rsaBits()).isEqualTo(2048);
    assertThat(credential.facts().subject()).isEqualTo("CN=SPEKE test encryptor 2048");
  }
}
