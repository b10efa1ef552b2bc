package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.signature.SignatureFinding.Kind;
import io.keymux.cpix.xml.SafeXml;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What breaks which signatures, and what does not. */
class TamperTest {
  private static final Set<SignedPart> LISTS =
      EnumSet.complementOf(EnumSet.of(SignedPart.DOCUMENT));

  /** One bit of one character in each list, and of what only the document's signature covers. */
  static Stream<Arguments> bits() {
    return Map.of(
            SignedPart.DELIVERY_DATA,
                "<DeliveryDataList id=\"DeliveryDataList\" updateVersion=\"|1",
            SignedPart.CONTENT_KEYS, "<pskc:PlainValue>|g",
            SignedPart.DRM_SYSTEMS, "<v:box a=\"|1",
            SignedPart.KEY_PERIODS, "id=\"period-|0",
            SignedPart.USAGE_RULES, "<LabelFilter label=\"|é",
            SignedPart.UPDATE_HISTORY, "source=\"|x",
            SignedPart.DOCUMENT, "contentId=\"|m")
        .entrySet()
        .stream()
        .map(row -> Arguments.of(row.getKey(), row.getValue()));
  }

  @ParameterizedTest
  @MethodSource("bits")
  void verify_oneBitChanged_breaksThatListAndTheDocumentOnly(SignedPart part, String mark) {
    Document document = Sample.document();
    ALICE.signer().sign(document, EnumSet.allOf(SignedPart.class));
    String before = mark.replace("|", "");
    char changed = (char) (before.charAt(before.length() - 1) ^ 1);
    String after = before.substring(0, before.length() - 1) + changed;
    String text = Sample.text(document);
    assertThat(text).containsOnlyOnce(before);

    SignatureReport report = Sample.verify(Sample.parse(text.replace(before, after)));
    for (CheckedSignature signature : report.signatures()) {
      boolean broken = signature.part() == part || signature.part() == SignedPart.DOCUMENT;
      assertThat(signature.findings())
          .as("%s", signature.part())
          .extracting(SignatureFinding::kind)
          .containsExactly(broken ? Kind.CONTENT_CHANGED : Kind.UNTRUSTED);
    }
    assertThat(report.isValid(part)).isFalse();
  }

  /** How the text of a signed document is changed, and whether signatures of lists survive. */
  static Stream<Arguments> rewritings() {
    return Stream.of(
        Arguments.of("indented anew", "\n  <", "\n    <", false, false),
        Arguments.of(
            "line breaks removed in a list", ">\n    <ContentKey ", "><ContentKey ", false, false),
        Arguments.of(
            "namespace added to the root", "<CPIX ", "<CPIX xmlns:new=\"urn:new\" ", false, false),
        Arguments.of(
            "xml:lang added to the root", "<CPIX ", "<CPIX xml:lang=\"en\" ", false, false),
        Arguments.of("attribute added to the root", "<CPIX ", "<CPIX name=\"x\" ", true, false),
        Arguments.of("text added between lists", "\n  <Con", "\n\n  <Con", true, false),
        Arguments.of("comment removed", "<!-- made by hand -->", "", true, true),
        Arguments.of("comment added in a key", "gPxt0PMwrHM4", "gPxt0<!-- -->PMwrHM4", true, true),
        Arguments.of("attribute quotes", "a=\"1\" b=\"&lt;\"", "b='&#60;' a='1'", true, true),
        Arguments.of("CDATA section", "<PSSH>AAAA<", "<PSSH><![CDATA[AAAA]]><", true, true),
        Arguments.of("processing instruction before the root", "<?before root?>", "", true, false),
        Arguments.of("carriage returns", "\n", "\r\n", true, true),
        Arguments.of(
            "empty element", "index=\"0\"/>", "index=\"0\"></ContentKeyPeriod>", true, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rewritings")
  void verify_rewrittenText_isValidIfCanonicalXmlIsTheSame(
      String name, String before, String after, boolean lists, boolean all) {
    Document document = Sample.document();
    ALICE.signer().sign(document, EnumSet.allOf(SignedPart.class));
    String text = Sample.text(document);
    assertThat(text).contains(before);
    SignatureReport report =
        new SignatureVerifier(TrustAnchors.NONE, Clock.systemUTC())
            .verify(SafeXml.parse(text.replace(before, after).getBytes(UTF_8)));
    assertThat(LISTS.stream().allMatch(report::isValid)).as("lists").isEqualTo(lists);
    assertThat(report.isValid(SignedPart.DOCUMENT)).as("document").isEqualTo(all);
  }

  @Test
  void verify_exclusiveSignature_outlivesANamespaceOfTheRoot() {
    Document document = Sample.document();
    ALICE.signer(Canonicalization.EXCLUSIVE).sign(document, LISTS);
    String text = Sample.text(document).replace("<CPIX ", "<CPIX xmlns:new=\"urn:new\" ");
    assertThat(LISTS).allMatch(Sample.verify(Sample.parse(text))::isValid);
  }

  @Test
  void verify_editOfOnePart_keepsSignaturesOfTheOthers() {
    Document document = Sample.document();
    ALICE.signer().sign(document, LISTS);
    BOB.signer().sign(document, LISTS);
    Document read = Sample.parse(Sample.text(document));
    Element periods = Sample.element(read, "ContentKeyPeriodList");
    periods.appendChild(Sample.element(read, "ContentKeyPeriod").cloneNode(true));

    SignatureReport report = Sample.verify(read);
    for (SignedPart part : LISTS) {
      assertThat(report.isValid(part)).as("%s", part).isEqualTo(part != SignedPart.KEY_PERIODS);
    }
    DocumentSigner.unsign(read, Set.of(SignedPart.KEY_PERIODS));
    ALICE.signer().sign(read, Set.of(SignedPart.KEY_PERIODS));
    assertThat(LISTS).allMatch(Sample.verify(read)::isValid);
  }

  @Test
  void verify_signatureAddedToASignedDocument_breaksTheDocumentsSignatureOnly() {
    Document document = Sample.document();
    ALICE.signer().sign(document, EnumSet.allOf(SignedPart.class));
    List<Boolean> before = verdicts(document);
    document
        .getDocumentElement()
        .appendChild(Sample.element(document, "Signature").cloneNode(true));
    assertThat(before).containsOnly(true);
    assertThat(verdicts(document)).containsExactly(true, true, true, true, true, true, false, true);
  }

  private static List<Boolean> verdicts(Document document) {
    return Sample.verify(document).signatures().stream().map(CheckedSignature::valid).toList();
  }

  @Test
  void verify_document_leavesTheTreeAsItIs() {
    Document document = Sample.document();
    ALICE.signer().sign(document, EnumSet.allOf(SignedPart.class));
    Document read = Sample.parse(Sample.text(document));
    Document twin = Sample.parse(Sample.text(document));
    new SignatureVerifier(TrustAnchors.NONE, Clock.systemUTC()).verify(read);
    assertThat(read.isEqualNode(twin)).isTrue();
    assertThat(read.getElementById("ContentKeyList")).isNull();
  }
}
