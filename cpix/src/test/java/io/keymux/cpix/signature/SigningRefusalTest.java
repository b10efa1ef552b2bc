package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.InvalidCpixException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What cannot be signed, and that nothing is left of the attempt. */
class SigningRefusalTest {

  static Stream<Arguments> documents() {
    return Stream.of(
        row(
            "cpix-nothing-to-sign",
            "/CPIX has no ContentKeyPeriodList to sign.",
            d -> remove(Sample.element(d, "ContentKeyPeriodList"))),
        row(
            "cpix-repeated-element",
            "/CPIX/DRMSystemList[2]: the element stands 2 times",
            d ->
                d.getDocumentElement()
                    .appendChild(Sample.element(d, "DRMSystemList").cloneNode(true))),
        row(
            "cpix-unusable-id",
            "/CPIX/ContentKeyPeriodList/@id is \"period-0\", which stands 2 times",
            d -> id(d, "period-0")),
        row("cpix-unusable-id", "is \"a b\", which a signature cannot refer to", d -> id(d, "a b")),
        row("cpix-unusable-id", "is \"xpointer(/)\"", d -> id(d, "xpointer(/)")),
        row("cpix-unusable-id", "is \"a%62\"", d -> id(d, "a%62")),
        row(
            "cpix-document-signed",
            "/CPIX/Signature signs the whole document",
            d -> BOB.signer().sign(d, Set.of(SignedPart.DOCUMENT))),
        row(
            "cpix-document-signed",
            "/CPIX/Signature signs the whole document",
            d -> {
              d.getDocumentElement().setAttributeNS(null, "id", "root");
              JdkPeer.sign(d, BOB, new JdkPeer.Plan("#root", JdkPeer.enveloped()));
            }),
        row(
            "cpix-relative-namespace",
            "/CPIX/DRMSystemList/DRMSystem/v:hidden/@xmlns:x is \"relative\"",
            d ->
                Sample.extension(d)
                    .setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:x", "relative")),
        row(
            "cpix-wrong-root",
            "The root element is CPIX in namespace urn:other",
            d -> d.renameNode(d.getDocumentElement(), "urn:other", "CPIX")));
  }

  private static Arguments row(String code, String text, Consumer<Document> change) {
    return Arguments.of(code, text, change);
  }

  private static void id(Document document, String id) {
    Sample.element(document, "ContentKeyPeriodList").setAttributeNS(null, "id", id);
  }

  private static void remove(Element element) {
    element.getParentNode().removeChild(element);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void sign_unsuitableDocument_isRefusedAndUnchanged(
      String code, String text, Consumer<Document> change) {
    Document document = Sample.document();
    change.accept(document);
    String before = Sample.text(document);
    assertThatThrownBy(
            () ->
                ALICE
                    .signer()
                    .sign(
                        document,
                        EnumSet.of(
                            SignedPart.CONTENT_KEYS,
                            SignedPart.DRM_SYSTEMS,
                            SignedPart.KEY_PERIODS)))
        .hasMessageContaining(text)
        .asInstanceOf(type(InvalidCpixException.class))
        .extracting(InvalidCpixException::code)
        .isEqualTo(code);
    assertThat(Sample.text(document)).isEqualTo(before);
  }

  static Stream<Arguments> keys() {
    TestSigner weak = new TestSigner.Plan("Weak").with(TestSigner.pair("Weak", "RSA", 2047)).make();
    TestSigner large =
        new TestSigner.Plan("Large").with(TestSigner.pair("Large", "RSA", 3072)).make();
    PrivateKey elliptic = TestSigner.pair("Elliptic", "EC", 256).getPrivate();
    return Stream.of(
        Arguments.of(BOB.key(), ALICE.certificate(), "is not that of the certificate of"),
        Arguments.of(large.key(), ALICE.certificate(), "is not that of the certificate of"),
        Arguments.of(elliptic, ALICE.certificate(), "The private key is EC, not RSA."),
        Arguments.of(weak.key(), weak.certificate(), "has 2047 bits, fewer than 2048."));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void new_unsuitableKey_isRefused(PrivateKey key, X509Certificate certificate, String text) {
    assertThatThrownBy(() -> new DocumentSigner(key, certificate, SigningOptions.DEFAULT))
        .hasMessageContaining(text)
        .asInstanceOf(type(InvalidCpixException.class))
        .extracting(InvalidCpixException::code)
        .isEqualTo("cpix-signing-key-unsuitable");
  }

  @Test
  void sign_nothing_isAnError() {
    Document document = Sample.document();
    assertThatThrownBy(() -> ALICE.signer().sign(document, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Trees that are not what is written of them. */
  static Stream<Arguments> trees() {
    String vendor = "urn:example:other";
    return Stream.of(
        tree(e -> e.setAttributeNS(vendor, "w:a", "1"), "namespace declarations"),
        tree(
            e -> e.appendChild(e.getOwnerDocument().createElementNS(vendor, "a")),
            "namespace declarations"),
        tree(
            e -> e.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns", vendor),
            "namespace declarations"),
        tree(
            e -> e.appendChild(e.getOwnerDocument().createTextNode("\u0001")),
            "a character that XML cannot carry"));
  }

  private static Arguments tree(Consumer<Element> change, String text) {
    return Arguments.of(change, text);
  }

  @ParameterizedTest
  @MethodSource("trees")
  void sign_treeThatTextCannotHold_isAnErrorAndUnchanged(Consumer<Element> change, String text) {
    Document document = Sample.document();
    change.accept(Sample.element(document, "ContentKeyList"));
    Node before = document.cloneNode(true);
    assertThatThrownBy(() -> ALICE.signer().sign(document, EnumSet.allOf(SignedPart.class)))
        .hasMessageContaining(text);
    assertThat(document.isEqualNode(before)).isTrue();
  }
}
