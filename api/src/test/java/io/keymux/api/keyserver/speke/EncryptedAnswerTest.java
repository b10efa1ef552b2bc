package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.cpix.protection.KeyDecryptor;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.validation.CpixProfile;
import io.keymux.cpix.xml.CpixDom;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Requests with certificates: the keys come back encrypted, as AWS writes them. */
class EncryptedAnswerTest {
  private static final String FILE = "aws-peer-pairs/05-encrypted-2048.request.xml";

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  @Test
  void answer_certificate_getsTheSameKeysEncrypted() {
    String request = SpekeVectors.read(FILE);
    Answer clear =
        server.answer(
            SpekeVersion.V2_0,
            request.replaceAll("(?s)<cpix:DeliveryDataList>.*</cpix:DeliveryDataList>", ""));
    Answer encrypted = server.answer(SpekeVersion.V2_0, request);
    assertThat(encrypted.text()).doesNotContain("PlainValue");
    assertThat(encrypted.errors(CpixProfile.SPEKE_V2)).isEmpty();
    for (Element key : clear.keys()) {
      assertThat(encrypted.text()).doesNotContain(Answer.value(key).toBase64());
    }
    Element delivery = CpixDom.entries(encrypted.root(), "DeliveryDataList", "DeliveryData").get(0);
    assertThat(CpixDom.children(delivery))
        .extracting(Element::getLocalName)
        .containsExactly("DeliveryKey", "DocumentKey", "MACMethod");
    Element macKey = CpixDom.children(CpixDom.children(delivery, "MACMethod").get(0), "Key").get(0);
    assertThat(CpixDom.children(macKey))
        .extracting(Element::getLocalName)
        .containsExactly("EncryptedValue", "ValueMAC");
    try (KeyDecryptor decryptor =
        KeyDecryptor.of(encrypted.root(), List.of(credential()), ProtectionPolicy.SPEKE)) {
      decryptor.decryptInPlace();
    }
    for (Element key : clear.keys()) {
      Element read = encrypted.key(io.keymux.cpix.KeyId.parse(key.getAttribute("kid")));
      assertThat(Answer.value(read)).isEqualTo(Answer.value(key));
    }
  }

  @Test
  void answer_certificateThatIsNone_isRefused() {
    String request = SpekeVectors.read(FILE);
    String broken =
        request.replaceAll(
            "(?s)<ds:X509Certificate>.*</ds:X509Certificate>",
            "<ds:X509Certificate>AAAA</ds:X509Certificate>");
    assertThat(server.refusal(SpekeVersion.V2_0, broken))
        .isEqualTo("Keys cannot be encrypted for the DeliveryData: certificate-unreadable");
  }

  private static Credential credential() {
    X509Certificate certificate =
        CertificateReader.read(
                "certificate", SpekeVectors.read("aws-peer-pairs/enc2048.cert.pem").getBytes(UTF_8))
            .get(0);
    return CredentialReader.read(
        certificate,
        "key",
        SpekeVectors.read("aws-peer-pairs/enc2048.key.pem").getBytes(UTF_8),
        null);
  }
}
