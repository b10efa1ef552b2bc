package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.signature.SignatureFinding.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** What XML Signature allows and we refuse. */
class SignatureFormTest {
  private static final String XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";
  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";

  @ParameterizedTest
  @CsvSource({
    XMLDSIG + "rsa-sha1," + JdkPeer.SHA512 + ",SignatureMethod",
    JdkPeer.RSA_SHA512 + "," + XMLDSIG + "sha1,DigestMethod",
    JdkPeer.RSA_SHA512 + "," + MORE + "sha224,DigestMethod",
    MORE + "rsa-sha224," + JdkPeer.SHA512 + ",SignatureMethod",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1," + JdkPeer.SHA512 + ",SignatureMethod"
  })
  void verify_genuineSignatureWithOtherAlgorithm_isRefusedByItsName(
      String signature, String digest, String element) {
    Document document = Sample.document();
    JdkPeer.sign(
        document, ALICE, new JdkPeer.Plan("", signature, digest, List.of(JdkPeer.enveloped())));
    SignatureFinding finding = finding(Sample.text(document));
    assertThat(finding.kind()).isEqualTo(Kind.ALGORITHM);
    assertThat(finding.text())
        .contains(element, element.startsWith("S") ? signature : digest, "not supported");
  }

  /** Text of a signature of the key list, what it is replaced with, and what we say. */
  static Stream<Arguments> shapes() {
    String method = "<SignatureMethod Algorithm=\"" + JdkPeer.RSA_SHA512 + "\"/>";
    String digest = "<DigestMethod Algorithm=\"" + JdkPeer.SHA512 + "\"/>";
    String open = "<Reference URI=\"#ContentKeyList\">";
    String transforms = open + "<Transforms>%s</Transforms>";
    String transform = "<Transform Algorithm=\"%s\">%s</Transform>";
    String c14n = Canonicalization.C14N_1_0.uri();
    String enveloped = XMLDSIG + "enveloped-signature";
    return Stream.of(
        Arguments.of("</KeyInfo>", "</KeyInfo><Object/>", Kind.FORM),
        Arguments.of("</KeyInfo>", "</KeyInfo><Object><Manifest/></Object>", Kind.FORM),
        Arguments.of("<SignedInfo>", "<SignedInfo/><SignedInfo>", Kind.FORM),
        Arguments.of("<SignatureValue>", "<SignatureValue/><SignatureValue>", Kind.FORM),
        Arguments.of(open, open.replace("#", "x.xml#"), Kind.FORM),
        Arguments.of(open, open.replace("#", "http://127.0.0.1/#"), Kind.FORM),
        Arguments.of(open, open.replace("#ContentKeyList", "#"), Kind.FORM),
        Arguments.of(open, open.replace("#ContentKeyList", "#xpointer(/)"), Kind.FORM),
        Arguments.of(open, open.replace("#Content", "#%43ontent"), Kind.FORM),
        Arguments.of(open, "<Reference>", Kind.FORM),
        Arguments.of(open, open.replace("#ContentKeyList", ""), Kind.FORM),
        Arguments.of(open, open.replace("ContentKeyList", "nobody"), Kind.TARGET),
        Arguments.of(open, open.replace("ContentKeyList", "period-0"), Kind.TARGET),
        Arguments.of(
            method, method.replace("/>", "><HMACOutputLength/></SignatureMethod>"), Kind.FORM),
        Arguments.of(method, method.replace("rsa-sha512", "hmac-sha512"), Kind.ALGORITHM),
        Arguments.of(method, method.replace("rsa-sha512", "ecdsa-sha512"), Kind.ALGORITHM),
        Arguments.of(method, "<SignatureMethod/>", Kind.ALGORITHM),
        Arguments.of(digest, digest.replace("/>", "><x/></DigestMethod>"), Kind.FORM),
        Arguments.of(c14n + "\"/>", c14n + "#WithComments\"/>", Kind.ALGORITHM),
        Arguments.of(c14n + "\"/>", c14n + "\"><x/></CanonicalizationMethod>", Kind.FORM),
        Arguments.of(
            open,
            transforms.formatted(
                transform.formatted("http://www.w3.org/TR/1999/REC-xslt-19991116", "")),
            Kind.ALGORITHM),
        Arguments.of(
            open,
            transforms.formatted(transform.formatted(XMLDSIG + "base64", "")),
            Kind.ALGORITHM),
        Arguments.of(
            open,
            transforms.formatted(
                transform.formatted(c14n, "") + transform.formatted(enveloped, "")),
            Kind.FORM),
        Arguments.of(
            open,
            transforms.formatted(transform.formatted(c14n, "") + transform.formatted(c14n, "")),
            Kind.FORM),
        Arguments.of(
            open,
            transforms.formatted(transform.formatted(enveloped, "<XPath>true()</XPath>")),
            Kind.FORM),
        Arguments.of(open, transforms.formatted("<XPath/>"), Kind.FORM),
        // Harmless, and the digest is the same.
        Arguments.of(
            open, transforms.formatted(transform.formatted(enveloped, "")), Kind.SIGNATURE_VALUE),
        Arguments.of("<X509Data>", "<KeyName>x</KeyName><X509Data>", Kind.UNTRUSTED),
        Arguments.of("<X509Certificate>", "<X509Certificate>AAAA", Kind.CERTIFICATE),
        Arguments.of("<X509Certificate>", "<X509Certificate>%", Kind.CERTIFICATE),
        Arguments.of("X509Data", "X", Kind.CERTIFICATE),
        Arguments.of("<SignatureValue>", "<SignatureValue>AAAA", Kind.SIGNATURE_VALUE),
        Arguments.of("<X509Data>", "<KeyValue/><X509Data>", Kind.NOT_PROCESSABLE),
        Arguments.of("<DigestValue>", "<DigestValue>AAAA", Kind.CONTENT_CHANGED));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void verify_changedSignature_saysWhatIsWrong(String before, String after, Kind kind) {
    Document document = Sample.document();
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    String text = Sample.text(document);
    assertThat(text).contains(before);
    assertThat(finding(text.replace(before, after)).kind()).isEqualTo(kind);
  }

  @Test
  void verify_signatureWithoutKeyInfo_hasNoCertificate() {
    Document document = Sample.document();
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    String text = Sample.text(document).replaceAll("<KeyInfo>.*</KeyInfo>", "");
    assertThat(finding(text).kind()).isEqualTo(Kind.CERTIFICATE);
  }

  @Test
  void verify_elevenCertificates_areTooMany() {
    Document document = Sample.document();
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    String own = "<X509Certificate>" + Xmlsec.base64(ALICE) + "</X509Certificate>";
    String text = Sample.text(document);
    assertThat(finding(text.replace(own, own.repeat(10))).kind()).isEqualTo(Kind.UNTRUSTED);
    assertThat(finding(text.replace(own, own.repeat(11))).kind()).isEqualTo(Kind.CERTIFICATE);
  }

  @Test
  void verify_weakOrOtherKeys_areRefused() {
    TestSigner weak = new TestSigner.Plan("Weak").with(TestSigner.pair("Weak", "RSA", 2047)).make();
    Document document = Sample.document();
    JdkPeer.sign(document, weak, new JdkPeer.Plan("", JdkPeer.enveloped()));
    assertThat(finding(Sample.text(document)))
        .isEqualTo(
            new SignatureFinding(Kind.KEY, "The signer's RSA key has 2047 bits, fewer than 2048."));

    TestSigner elliptic =
        new TestSigner.Plan("Elliptic")
            .with(TestSigner.pair("Elliptic", "EC", 256))
            .signedWith("SHA256withECDSA")
            .make();
    Document other = Sample.document();
    ALICE.signer().sign(other, Set.of(SignedPart.DOCUMENT));
    Sample.element(other, "X509Certificate").setTextContent(Xmlsec.base64(elliptic));
    assertThat(finding(Sample.text(other)))
        .isEqualTo(new SignatureFinding(Kind.KEY, "The signer's key is EC, not RSA."));
  }

  @Test
  void verify_relativeNamespace_isSaidSo() {
    for (Canonicalization method : Canonicalization.values()) {
      Document document = Sample.document();
      ALICE.signer(method).sign(document, Set.of(SignedPart.CONTENT_KEYS));
      String text = Sample.text(document).replace("<CPIX ", "<CPIX xmlns:ball=\"\u26bd\" ");
      SignatureFinding finding = finding(text);
      assertThat(finding.kind()).isEqualTo(Kind.RELATIVE_NAMESPACE);
      assertThat(finding.text())
          .isEqualTo(
              "/CPIX/@xmlns:ball is \"\u26bd\", a relative namespace URI, for which signatures are"
                  + " not defined.");
    }
  }

  @Test
  void verify_thirtyThreeSignatures_areTooMany() {
    Document document = Sample.document();
    ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    for (int i = 0; i < 31; i++) {
      document
          .getDocumentElement()
          .appendChild(Sample.element(document, "Signature").cloneNode(true));
    }
    assertThat(Sample.verify(document).signatures()).hasSize(32).allMatch(CheckedSignature::valid);
    assertThatThrownBy(() -> ALICE.signer().sign(document, Set.of(SignedPart.DRM_SYSTEMS)))
        .asInstanceOf(type(InvalidCpixException.class))
        .extracting(InvalidCpixException::code)
        .isEqualTo("cpix-too-many-signatures");
    document
        .getDocumentElement()
        .appendChild(Sample.element(document, "Signature").cloneNode(true));
    assertThatThrownBy(() -> Sample.verify(document))
        .asInstanceOf(type(InvalidCpixException.class))
        .extracting(InvalidCpixException::code)
        .isEqualTo("cpix-too-many-signatures");
  }

  private static SignatureFinding finding(String xml) {
    List<CheckedSignature> signatures = Sample.verify(Sample.parse(xml)).signatures();
    assertThat(signatures).hasSize(1);
    assertThat(signatures.get(0).findings()).hasSize(1);
    return signatures.get(0).findings().get(0);
  }
}
