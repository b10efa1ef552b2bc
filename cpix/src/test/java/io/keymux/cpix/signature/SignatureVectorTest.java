package io.keymux.cpix.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.signature.SignatureFinding.Kind;
import io.keymux.cpix.xml.InvalidXmlException;
import io.keymux.cpix.xml.SafeXml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the verdict on each signature of every third-party document against a judge's. */
class SignatureVectorTest {
  private static final String C14N = "made-here/jdk_signed_c14n11_c14n10_exc.xml";
  private static final String WRAPPED = "made-here/wrap_in_extension.xml";

  @ParameterizedTest
  @MethodSource("documents")
  void verify_thirdPartyDocument_isAsItsVerdict(String name) throws IOException {
    byte[] xml = Files.readAllBytes(folder().resolve(name));
    JsonNode all = new ObjectMapper().readTree(folder().resolve("expected.json").toFile());
    List<String> expected = new ArrayList<>();
    for (JsonNode signature : all.path(name).path("signatures")) {
      expected.add(
          "%s %s %s"
              .formatted(
                  signature.path("reference").asText(),
                  signature.path("signer").asText(),
                  signature.path("jdk17XmlDsig").asText()));
    }
    if (name.equals(C14N)) {
      expected.addAll(Collections.nCopies(3, "#CKL CN=CPIX Example Entity 3 valid"));
    }
    if (name.equals(WRAPPED)) {
      // What the judge finds valid is not the list that is read.
      expected.replaceAll(
          verdict -> verdict.replaceAll("^#ContentKeyList (.*) valid", "? $1 invalid"));
    }
    assertThat(verdicts(xml)).isEqualTo(expected);
  }

  private static List<String> verdicts(byte[] xml) {
    try {
      return new SignatureVerifier(TrustAnchors.NONE, Clock.systemUTC())
          .verify(SafeXml.parse(xml)).signatures().stream()
              .map(
                  signature ->
                      "%s %s %s"
                          .formatted(
                              reference(xml, signature.part()),
                              signature.signer() == null
                                  ? "?"
                                  : signature.signer().getSubjectX500Principal(),
                              signature.valid() ? "valid" : "invalid"))
              .toList();
    } catch (InvalidXmlException e) {
      return List.of(); // DTDs; another test says so.
    }
  }

  private static String reference(byte[] xml, @Nullable SignedPart part) {
    if (part == null) {
      return "?";
    }
    return part == SignedPart.DOCUMENT
        ? ""
        : "#" + Sample.element(SafeXml.parse(xml), part.elementName()).getAttribute("id");
  }

  @ParameterizedTest
  @MethodSource("findings")
  void verify_invalidDocument_saysWhy(String name, List<Kind> kinds) throws IOException {
    SignatureReport report =
        new SignatureVerifier(TrustAnchors.NONE, Clock.systemUTC())
            .verify(SafeXml.parse(Files.readAllBytes(folder().resolve(name))));
    assertThat(report.signatures())
        .extracting(signature -> signature.findings().get(0).kind())
        .isEqualTo(kinds);
  }

  static Stream<Arguments> findings() {
    Kind changed = Kind.CONTENT_CHANGED;
    Kind stranger = Kind.UNTRUSTED;
    Kind target = Kind.TARGET;
    return Map.of(
            "dashif-cpix-test-vectors/Invalid_BadContentKeysSignature.xml",
            List.of(changed),
            "made-here/reindented_breaks_signature.xml",
            Collections.nCopies(8, changed),
            WRAPPED,
            List.of(stranger, stranger, target, target, changed, changed, stranger, stranger),
            "dashif-cpix-test-vectors/Complex.xml",
            Collections.nCopies(9, stranger))
        .entrySet()
        .stream()
        .map(row -> Arguments.of(row.getKey(), row.getValue()));
  }

  static Stream<String> documents() {
    try (Stream<Path> files = Files.walk(folder())) {
      List<String> names =
          files
              .map(file -> folder().relativize(file).toString())
              .filter(name -> name.endsWith(".xml") && !name.startsWith("sigv4"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(50).contains(C14N, WRAPPED);
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder() {
    Path folder = Path.of(System.getProperty("keymux.vectors", "absent"), "cpix");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no third-party documents at hand");
    return folder;
  }
}
