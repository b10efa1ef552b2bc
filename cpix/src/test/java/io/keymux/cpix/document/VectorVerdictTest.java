package io.keymux.cpix.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.CredentialReader;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.signature.SignatureRequirements;
import io.keymux.cpix.xml.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every third-party document, read by someone who holds all credentials and accepts no broken
 * signature: its keys are those of the verdict, or it is refused as its README wants it.
 */
class VectorVerdictTest {
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("Invalid_BadContentKeysSignature.xml", "cpix-signature-invalid"),
          Map.entry("Invalid_BadDocumentSignature.xml", "cpix-signature-invalid"),
          Map.entry("Invalid_WrongMac.xml", "cpix-mac-invalid"),
          Map.entry("reindented_breaks_signature.xml", "cpix-signature-invalid"),
          Map.entry("wrap_in_extension.xml", "cpix-signature-invalid"),
          Map.entry("mac_stripped_one_key.xml", "cpix-mac-missing"),
          Map.entry("plain_key_among_encrypted.xml", "cpix-clear-key-beside-encrypted"),
          Map.entry("KeyRotationMultiKeySinglePeriod.xml", "cpix-invalid-base64"),
          Map.entry(
              "3_negative_wrong_version_spekev2_dash_widevine.xml", "cpix-version-unsupported"),
          Map.entry("xxe_external_entity.xml", "xml-dtd-refused"),
          Map.entry("xxe_parameter_dtd.xml", "xml-dtd-refused"),
          Map.entry("billion_laughs.xml", "xml-dtd-refused"));

  @ParameterizedTest
  @MethodSource("documents")
  void content_thirdPartyDocument_isAsItsVerdict(String name) throws IOException {
    byte[] xml = Resources.vector(name);
    String refusal = REFUSED.get(name.substring(name.lastIndexOf('/') + 1));
    if (refusal != null) {
      assertThatThrownBy(() -> read(xml))
          .asInstanceOf(InstanceOfAssertFactories.type(DrmException.class))
          .extracting(DrmException::code)
          .isEqualTo(refusal);
      return;
    }
    Map<String, SecretBytes> expected = new LinkedHashMap<>();
    JsonNode verdict = new ObjectMapper().readTree(Resources.vector("expected.json")).path(name);
    for (JsonNode key : verdict.path("contentKeys")) {
      expected.put(
          key.path("kid").asText(),
          SecretBytes.copyOf(Base64.getDecoder().decode(key.path("value").asText())));
    }
    Map<String, SecretBytes> actual = new LinkedHashMap<>();
    for (ContentKey key : read(xml).contentKeys()) {
      actual.put(key.id().toString(), key.value());
    }
    if (verdict.has("contentKeys")) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual.isEmpty()).isEqualTo(!name.contains("jdk_signed"));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void content_truncatedDocument_isTyped(String name) {
    byte[] xml = Resources.vector(name);
    int end = new String(xml, StandardCharsets.ISO_8859_1).lastIndexOf('>');
    for (int length = 0; length <= end; length += 1 + end / 24) {
      byte[] cut = Arrays.copyOf(xml, length);
      assertThatThrownBy(() -> read(cut))
          .as("%s cut to %d bytes", name, length)
          .isInstanceOf(DrmException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void content_documentWithOneOtherByte_isReadOrTyped(String name) {
    byte[] xml = Resources.vector(name);
    Random random = new Random(name.hashCode());
    for (int round = 0; round < 24; round++) {
      byte[] damaged = xml.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(read(damaged)).isNotNull();
      } catch (DrmException e) {
        assertThat(e.code()).as("%s, byte %d", name, at).matches("[a-z0-9-]+");
      }
    }
  }

  private static CpixDocument read(byte[] xml) {
    return CpixTree.read(xml)
        .content(
            new ReadingPolicy(Credentials.ALL, ProtectionPolicy.SPEKE, SignatureRequirements.NONE));
  }

  static Stream<String> documents() {
    Path folder = Resources.vectors();
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files
              .map(file -> folder.relativize(file).toString())
              .filter(name -> name.endsWith(".xml") && !name.startsWith("sigv4"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(50);
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all recipients in the vectors. */
  private static final class Credentials {
    static final List<Credential> ALL = all();

    private static List<Credential> all() {
      List<Credential> all = new ArrayList<>();
      for (String name : List.of("Cert1", "Cert2", "Cert3", "Cert4")) {
        all.add(
            CredentialReader.read(
                name,
                Resources.vector("dashif-cpix-test-vectors/" + name + ".pfx"),
                SecretBytes.copyOf(name.getBytes(StandardCharsets.US_ASCII))));
      }
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(Resources.vector("aws-peer-pairs/enc2048.key.pem"));
      both.writeBytes(Resources.vector("aws-peer-pairs/enc2048.cert.pem"));
      all.add(CredentialReader.read("enc2048", both.toByteArray(), null));
      return all;
    }
  }
}
