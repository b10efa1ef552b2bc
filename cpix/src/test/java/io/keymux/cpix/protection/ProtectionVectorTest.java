package io.keymux.cpix.protection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.CertificateReader;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.Resources;
import io.keymux.cpix.xml.SafeXml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** Documents that others encrypted, with the keys that another implementation found in them. */
class ProtectionVectorTest {
  private static final Map<String, Credential> CREDENTIALS = new ConcurrentHashMap<>();

  /** What one recipient of one document gets. */
  record Case(String name, String recipient, JsonNode expected) {

    Document document() {
      return SafeXml.parse(Resources.vector(name));
    }

    KeyDecryptor decryptor(Document document) {
      return ProtectionVectorTest.decryptor(document, recipient);
    }

    @Override
    public String toString() {
      return name + " for " + recipient;
    }
  }

  static KeyDecryptor decryptor(Document document, String recipient) {
    return KeyDecryptor.of(
        document.getDocumentElement(), List.of(credential(recipient)), ProtectionPolicy.SPEKE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_thirdPartyDocument_givesDocumentMacAndContentKeysOfItsVerdict(Case vector) {
    Document document = vector.document();
    KeyDecryptor decryptor = vector.decryptor(document);
    boolean encrypted =
        vector.expected.path("contentKeys").findValuesAsText("form").contains("encrypted");
    if (encrypted) {
      RecipientKeys keys =
          Objects.requireNonNull(
              decryptor.keys(credential(vector.recipient).certificate()), "recipient");
      assertThat(keys.common()).isEqualTo(hex(vector.expected.path("documentKeyHex")));
      assertThat(keys.macKey()).isEqualTo(hex(vector.expected.path("macKeyHex")));
      assertThat(decryptor.recipients())
          .containsExactly(credential(vector.recipient).certificate());
    } else {
      assertThat(decryptor.recipients()).isEmpty();
    }
    for (JsonNode key : vector.expected.path("contentKeys")) {
      KeyId keyId = KeyId.parse(key.path("kid").asText());
      String refusal = refusal(key);
      if (refusal == null) {
        assertThat(decryptor.read(keyId, Documents.secret(document, keyId)))
            .isEqualTo(SecretBytes.copyOf(Base64.getDecoder().decode(key.path("value").asText())));
      } else {
        assertThatThrownBy(() -> decryptor.read(keyId, Documents.secret(document, keyId)))
            .asInstanceOf(type(DrmException.class))
            .extracting(DrmException::code)
            .isEqualTo(refusal);
      }
    }
  }

  /** A document that names recipients must have each key encrypted, with its MAC. */
  private static @Nullable String refusal(JsonNode key) {
    if (key.path("form").asText().equals("plain")) {
      return "cpix-clear-key-beside-encrypted";
    }
    return key.path("macValid").asBoolean() ? null : "cpix-mac-missing";
  }

  @ParameterizedTest
  @CsvSource({
    "dashif-cpix-test-vectors/EncryptedContentKeys.xml, Cert1",
    "dashif-cpix-test-vectors/Complex.xml, Cert2",
    "aws-peer-pairs/05-encrypted-2048.response.xml, enc2048"
  })
  void cpixReader_withTheDecryptor_readsTheWholeDocument(String name, String recipient)
      throws IOException {
    Document document = SafeXml.parse(Resources.vector(name));
    Case vector = new Case(name, recipient, expected().path(name));
    CpixDocument read = CpixReader.read(document, vector.decryptor(document));
    assertThat(read.contentKeys())
        .extracting(key -> Base64.getEncoder().encodeToString(key.value().reveal()))
        .isEqualTo(vector.expected.path("contentKeys").findValuesAsText("value"));
  }

  @ParameterizedTest
  @CsvSource({"Cert2, cpix-recipient-not-found", "enc2048, cpix-recipient-not-found"})
  void of_strangersCredential_isRefused(String stranger, String code) {
    Case vector =
        new Case(
            "dashif-cpix-test-vectors/EncryptedContentKeys.xml",
            stranger,
            new ObjectMapper().createObjectNode());
    assertThatThrownBy(() -> vector.decryptor(vector.document()))
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo(code);
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : expected().properties()) {
      for (JsonNode recipient : entry.getValue().path("recipients")) {
        cases.add(new Case(entry.getKey(), recipient.asText(), entry.getValue()));
      }
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(17);
    return cases.stream();
  }

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(Resources.vector("expected.json"));
  }

  private static SecretBytes hex(JsonNode hex) {
    return SecretBytes.copyOf(Bytes.ofHex(hex.asText()).toArray());
  }

  private static Credential credential(String name) {
    return CREDENTIALS.computeIfAbsent(name, ProtectionVectorTest::load);
  }

  private static Credential load(String name) {
    if (name.equals("enc2048")) {
      return CredentialReader.read(
          CertificateReader.read(name, Resources.vector("aws-peer-pairs/enc2048.cer")).get(0),
          name,
          Resources.vector("aws-peer-pairs/enc2048.key.pem"),
          null);
    }
    return CredentialReader.read(
        name,
        Resources.vector("dashif-cpix-test-vectors/" + name + ".pfx"),
        SecretBytes.copyOf(name.getBytes(UTF_8)));
  }
}
