package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class DocumentSignerTest {
  private static final Set<SignedPart> LISTS =
      EnumSet.complementOf(EnumSet.of(SignedPart.DOCUMENT));

  static Stream<Arguments> partsAndMethods() {
    return Stream.of(SignedPart.values())
        .flatMap(
            part -> Stream.of(Canonicalization.values()).map(method -> Arguments.of(part, method)));
  }

  @ParameterizedTest
  @MethodSource("partsAndMethods")
  void sign_onePart_isValidForItAloneHereAndInThePlainJdk(
      SignedPart part, Canonicalization method) {
    for (String xml : List.of(Sample.XML, Sample.prefixed())) {
      Document document = Sample.parse(xml);
      ALICE.signer(method).sign(document, Set.of(part));

      SignatureReport report = Sample.verify(document, TrustAnchors.of(ALICE.certificate()));
      for (SignedPart other : SignedPart.values()) {
        boolean covered = other == part || part == SignedPart.DOCUMENT;
        assertThat(report.isValid(other)).as("%s", other).isEqualTo(covered);
        assertThat(report.isTrusted(other)).as("%s", other).isEqualTo(covered);
      }
      assertThat(report.signatures().get(0).signer()).isEqualTo(ALICE.certificate());
      assertThat(JdkPeer.validate(Sample.parse(Sample.text(document)))).containsExactly(true);
      assertThat(Sample.text(document)).contains("Algorithm=\"" + method.uri() + "\"");
    }
  }

  @ParameterizedTest
  @EnumSource(Canonicalization.class)
  void sign_allPartsByTwoSigners_areAllValidAndTheDocumentIsLast(Canonicalization method) {
    Document document = Sample.document();
    ALICE.signer(method).sign(document, LISTS);
    BOB.signer(method).sign(document, EnumSet.allOf(SignedPart.class));
    List<CheckedSignature> signatures = Sample.verify(document).signatures();
    assertThat(signatures).hasSize(13).allMatch(CheckedSignature::valid);
    assertThat(signatures.get(12).part()).isEqualTo(SignedPart.DOCUMENT);
    assertThat(signatures.get(12).place()).isEqualTo("/CPIX/Signature[13]");
    assertThat(JdkPeer.validate(Sample.parse(Sample.text(document))))
        .hasSize(13)
        .doesNotContain(false);
  }

  @Test
  void sign_document_changesNothingButIdsAndSignatures() {
    for (String xml : List.of(Sample.XML, Sample.prefixed())) {
      Document document = Sample.parse(xml);
      ALICE.signer().sign(document, EnumSet.allOf(SignedPart.class));
      String signed = Sample.text(document);
      assertThat(signed).doesNotContain("&#13;").doesNotContain("\r");
      String rest =
          signed
              .replaceAll("(?s)<(ds:)?Signature[ >].*</(ds:)?Signature>", "")
              .replaceAll(" id=\"(\\w+)List\"", "");
      assertThat(rest).isEqualTo(Sample.text(Sample.parse(xml)));
    }
  }

  @Test
  void sign_signature_isOneLineAsOtherCpixSignersWriteIt() {
    Document document = Sample.document();
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    assertThat(Sample.text(document))
        .containsPattern(
            "</UpdateHistoryItemList>\n<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<SignedInfo><CanonicalizationMethod Algorithm=\"[^\"]*REC-xml-c14n-20010315\"/>"
                + "<SignatureMethod Algorithm=\"[^\"]*#rsa-sha512\"/>"
                + "<Reference URI=\"#ContentKeyList\"><DigestMethod Algorithm=\"[^\"]*#sha512\"/>"
                + "<DigestValue>[A-Za-z0-9+/]{86}==</DigestValue></Reference></SignedInfo>"
                + "<SignatureValue>[A-Za-z0-9+/]{342}==</SignatureValue><KeyInfo><X509Data>"
                + "<X509Certificate>[A-Za-z0-9+/=]+</X509Certificate></X509Data></KeyInfo>"
                + "</Signature></CPIX>");
  }

  @Test
  void sign_listWithoutId_getsOneThatIsFree() {
    Document document = Sample.document();
    Sample.extension(document).setAttributeNS(null, "Id", "ContentKeyList");
    Sample.extension(document)
        .setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:id", "ContentKeyList-2");
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    assertThat(Sample.element(document, "ContentKeyList").getAttribute("id"))
        .isEqualTo("ContentKeyList-3");
    assertThat(Sample.verify(document).isValid(SignedPart.CONTENT_KEYS)).isTrue();
  }

  @Test
  void sign_listWithId_keepsIt() {
    Document document = Sample.document();
    Sample.element(document, "ContentKeyList").setAttributeNS(null, "id", "schlüssel.1_-");
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    assertThat(Sample.text(document)).contains("URI=\"#schlüssel.1_-\"");
    assertThat(Sample.verify(document).isValid(SignedPart.CONTENT_KEYS)).isTrue();
  }

  @Test
  void unsign_parts_removesTheirSignaturesOnly() {
    Document document = Sample.document();
    ALICE.signer().sign(document, LISTS);
    BOB.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS, SignedPart.DOCUMENT));
    assertThat(
            DocumentSigner.unsign(document, Set.of(SignedPart.CONTENT_KEYS, SignedPart.DOCUMENT)))
        .isEqualTo(3);
    SignatureReport report = Sample.verify(document);
    assertThat(report.signatures()).hasSize(5).allMatch(CheckedSignature::valid);
    assertThat(report.isValid(SignedPart.CONTENT_KEYS)).isFalse();
  }
}
