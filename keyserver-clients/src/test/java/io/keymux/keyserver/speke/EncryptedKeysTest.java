package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.http.KeyExchangeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Element;

/** Keys that the key server encrypts for a certificate of ours. */
class EncryptedKeysTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @Test
  void read_encryptedAnswerOfReferenceServer_givesItsKeys() throws Exception {
    KeyRecipient recipient = new KeyRecipient(credential());

    assertThat(
            recipient
                .read(
                    SafeXml.parse(vector("05-encrypted-2048.response.xml")),
                    (document, tree) -> document)
                .contentKeys())
        .extracting(ContentKey::value)
        .containsExactly(secret("L0EyXfTIU8RpYjkkKBIWyw=="), secret("TEru0nYNpk8TUNREv2Z4sg=="));
  }

  @Test
  void exchange_withCredential_introducesItselfAndRefusesClearKeys() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    server.answersOk(SpekeAnswer.to(request));
    Credential credential = credential();

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> server.builder().credential(credential).build().exchange(request));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining("key-not-encrypted at /cpix:CPIX/cpix:ContentKeyList");
    Element sent = SafeXml.parse(server.received().get(0).getBody()).getDocumentElement();
    assertThat(CpixDom.entries(sent, "DeliveryDataList", "DeliveryData"))
        .singleElement()
        .satisfies(
            delivery ->
                assertThat(Base64.getDecoder().decode(delivery.getTextContent()))
                    .isEqualTo(credential.certificate().getEncoded()));
    assertThat(new String(server.received().get(0).getBody(), StandardCharsets.UTF_8))
        .doesNotContain(
            Base64.getEncoder()
                .encodeToString(credential.privateKey().getEncoded())
                .substring(40, 80));
  }

  private static SecretBytes secret(String base64) {
    return SecretBytes.copyOf(Base64.getDecoder().decode(base64));
  }

  private static Credential credential() throws IOException {
    byte[] key = vector("enc2048.key.pem");
    byte[] certificate = vector("enc2048.cert.pem");
    byte[] both = new byte[key.length + certificate.length];
    System.arraycopy(key, 0, both, 0, key.length);
    System.arraycopy(certificate, 0, both, key.length, certificate.length);
    return CredentialReader.read("enc2048.pem", both, null);
  }

  private static byte[] vector(String name) throws IOException {
    Path file =
        Path.of(System.getProperty("keymux.vectors", "absent"), "cpix", "aws-peer-pairs", name);
    assumeTrue(Files.exists(file), "third-party vectors are absent");
    return Files.readAllBytes(file);
  }
}
