package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.xml.SafeXml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** What we sign verifies in {@code xmlsec1}, and what it signs verifies here. */
class XmlsecPeerTest {
  private static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";

  @TempDir Path folder;

  @BeforeAll
  static void requireProgram() {
    Xmlsec.require();
  }

  @ParameterizedTest
  @EnumSource(Canonicalization.class)
  void sign_allParts_verifyInXmlsec(Canonicalization method) throws IOException {
    for (String xml : List.of(Sample.XML, Sample.prefixed())) {
      Document document = Sample.parse(xml);
      ALICE.signer(method).sign(document, EnumSet.of(SignedPart.CONTENT_KEYS));
      BOB.signer(method).sign(document, EnumSet.allOf(SignedPart.class));
      Path file = Files.write(folder.resolve("ours.xml"), SafeXml.serialize(document));
      for (int number = 1; number <= 8; number++) {
        assertThat(Xmlsec.verify(file, number))
            .as("signature %d", number)
            .extracting(Xmlsec.Outcome::exit)
            .isEqualTo(0);
      }
      // The program tells good from bad.
      Files.writeString(file, Sample.text(document).replace("index=\"0\"", "index=\"1\""));
      assertThat(Xmlsec.verify(file, 5).exit()).as("changed periods").isNotEqualTo(0);
    }
  }

  static Stream<Arguments> templates() {
    return Stream.of(
            Arguments.of("#ContentKeyList", "", "sha512"),
            Arguments.of("#ContentKeyList", "", "sha256"),
            Arguments.of("#ContentKeyList", "", "sha384"),
            Arguments.of("", "enveloped-signature", "sha512"))
        .flatMap(
            row ->
                Stream.of(Canonicalization.values())
                    .map(method -> Arguments.of(row.get()[0], row.get()[1], row.get()[2], method)));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void verify_signedByXmlsec_isTrusted(
      String uri, String transform, String hash, Canonicalization method) throws IOException {
    Document document = Sample.document();
    Sample.element(document, "ContentKeyList").setAttributeNS(null, "id", "ContentKeyList");
    String template =
        Sample.text(document)
            .replace("</CPIX>", template(uri, transform, hash, method) + "</CPIX>");
    byte[] signed = Xmlsec.sign(folder, template, ALICE);

    SignatureReport report =
        new SignatureVerifier(TrustAnchors.of(ALICE.certificate()), Clock.systemUTC())
            .verify(SafeXml.parse(signed));
    assertThat(report.signatures())
        .singleElement()
        .satisfies(signature -> assertThat(signature.findings()).isEmpty());
    assertThat(report.isTrusted(SignedPart.CONTENT_KEYS)).isTrue();
    assertThat(report.isTrusted(SignedPart.DRM_SYSTEMS)).isEqualTo(uri.isEmpty());
  }

  private static String template(
      String uri, String transform, String hash, Canonicalization method) {
    String digest =
        hash.equals("sha384")
            ? "http://www.w3.org/2001/04/xmldsig-more#sha384"
            : "http://www.w3.org/2001/04/xmlenc#" + hash;
    return """
        <ds:Signature xmlns:ds="%s">
          <ds:SignedInfo>
            <ds:CanonicalizationMethod Algorithm="%s"/>
            <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-%s"/>
            <ds:Reference URI="%s">
              <ds:Transforms>%s<ds:Transform Algorithm="%s"/></ds:Transforms>
              <ds:DigestMethod Algorithm="%s"/>
              <ds:DigestValue/>
            </ds:Reference>
          </ds:SignedInfo>
          <ds:SignatureValue/>
          <ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
        </ds:Signature>"""
        .formatted(
            DSIG,
            method.uri(),
            hash,
            uri,
            transform.isEmpty() ? "" : "<ds:Transform Algorithm=\"" + DSIG + transform + "\"/>",
            method.uri(),
            digest,
            Xmlsec.base64(ALICE));
  }
}
