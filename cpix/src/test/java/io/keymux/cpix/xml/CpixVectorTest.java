package io.keymux.cpix.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads every third-party document: either as its verdict says, or refused with a typed error. */
class CpixVectorTest {
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          // explicitIV is the text of a UUID.
          Map.entry(
              "dashif-cpix-test-vectors/KeyRotationMultiKeySinglePeriod.xml",
              "cpix-invalid-base64"),
          Map.entry("made-here/xxe_external_entity.xml", "xml-dtd-refused"),
          Map.entry("made-here/xxe_parameter_dtd.xml", "xml-dtd-refused"),
          Map.entry("made-here/billion_laughs.xml", "xml-dtd-refused"),
          Map.entry(
              "aws-speke-v2-suite/general/3_negative_wrong_version_spekev2_dash_widevine.xml",
              "cpix-version-unsupported"),
          Map.entry(
              "aws-speke-v2-suite/vod/3_negative_wrong_version_spekev2_dash_widevine.xml",
              "cpix-version-unsupported"));

  private static final List<String> ENCRYPTED =
      List.of(
          "EncryptedContentKeys",
          "05-encrypted-2048.response",
          "cpix24_form_encrypted",
          "mac_stripped_one_key",
          "mackey_spec_form",
          "plain_key_among_encrypted");

  private static final List<String> SIGNED =
      List.of(
          "Complex",
          "Signature",
          "jdk_signed",
          "complex_listsigs_only",
          "reindented_breaks_signature",
          "wrap_in_extension");

  @ParameterizedTest
  @MethodSource("documents")
  void read_thirdPartyDocument_isAsItsVerdict(String name) throws IOException {
    byte[] xml = Resources.vector(name);
    String refusal = refusal(name);
    if (refusal != null) {
      assertThatThrownBy(() -> CpixReader.read(xml))
          .asInstanceOf(type(DrmException.class))
          .extracting(DrmException::code)
          .isEqualTo(refusal);
      return;
    }
    CpixDocument document = CpixReader.read(xml);
    JsonNode expected =
        new ObjectMapper()
            .readTree(Resources.vector("expected.json"))
            .path(name)
            .path("contentKeys");
    assertThat(document.contentKeys()).isEqualTo(keys(expected, document));
    assertThat(CpixReader.read(CpixWriter.write(usable(document))))
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(usable(document));
  }

  /** The verdict's keys; scheme as read, since only some verdicts name it. */
  private static List<ContentKey> keys(JsonNode expected, CpixDocument read) {
    List<ContentKey> keys = new ArrayList<>();
    for (JsonNode key : expected) {
      KeyId keyId = KeyId.parse(key.path("kid").asText());
      ContentKey same = read.contentKey(keyId).orElseThrow();
      assertThat(same.scheme() == null ? "" : same.scheme().fourCc())
          .isEqualTo(key.path("commonEncryptionScheme").asText());
      keys.add(
          new ContentKey(
              keyId,
              SecretBytes.copyOf(Base64.getDecoder().decode(key.path("value").asText())),
              same.scheme(),
              key.has("explicitIV")
                  ? Bytes.copyOf(Base64.getDecoder().decode(key.path("explicitIV").asText()))
                  : null));
    }
    return keys;
  }

  private static CpixDocument usable(CpixDocument document) {
    return new CpixDocument(
        document.contentId(),
        document.version(),
        document.contentKeys(),
        document.requestedKeys(),
        document.drmSystems(),
        document.keyPeriods(),
        document.usageRules().stream().filter(rule -> rule.usable()).toList(),
        document.details());
  }

  private static @Nullable String refusal(String name) {
    if (SIGNED.stream().anyMatch(name::contains)) {
      return "cpix-signature-unverified";
    }
    return ENCRYPTED.stream().anyMatch(name::contains) ? "cpix-key-encrypted" : REFUSED.get(name);
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
      assertThat(names).hasSizeGreaterThan(50).containsAll(REFUSED.keySet());
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xxe_external_entity", "xxe_parameter_dtd", "billion_laughs"})
  void read_entities_areRefusedFast(String name) {
    byte[] xml = Resources.vector("made-here/" + name + ".xml");
    long millis =
        SafeXmlTest.fastestMillis(
            () ->
                assertThatThrownBy(() -> CpixReader.read(xml))
                    .isInstanceOf(InvalidXmlException.class));
    assertThat(millis).isLessThan(100);
  }

  @Test
  void read_placeholderRequest_keepsWhatIsAskedFor() {
    CpixDocument document =
        CpixReader.read(Resources.vector("aws-peer-pairs/02-wv-pr-fp-clear.request.xml"));
    assertThat(document.contentKeys()).isEmpty();
    assertThat(document.requestedKeys()).hasSize(2);
    assertThat(document.drmSystems()).hasSize(6);
    assertThat(document.drmSystems().get(0).pssh()).isEqualTo(Bytes.empty());
    assertThat(document.drmSystems().get(0).contentProtection()).isEmpty();
    assertThat(document.drmSystems().get(0).hlsMedia()).isEmpty();
    assertThat(document.drmSystems().get(5).pssh()).isNull();
    assertThat(document.drmSystems().get(5).hlsMultivariant()).isEmpty();
  }
}
