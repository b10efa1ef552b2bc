package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;
import static io.keymux.cpix.signature.TestSigner.NOT_AFTER;
import static io.keymux.cpix.signature.TestSigner.NOT_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.signature.SignatureFinding.Kind;
import io.keymux.cpix.signature.TestSigner.Plan;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Who is trusted. All signatures here are valid. */
class TrustTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final TestSigner ROOT = new Plan("Root").asAuthority().make();
  private static final TestSigner MIDDLE = new Plan("Middle").from(ROOT).asAuthority().make();
  private static final TestSigner LEAF = new Plan("Leaf").from(MIDDLE).make();
  private static final TestSigner NO_AUTHORITY = new Plan("Plain").make();

  /** Signer, certificates that the signature carries too, trust anchors, and the doubt. */
  static Stream<Arguments> signers() {
    TestSigner byLeaf = new Plan("Below").from(LEAF).make();
    TestSigner byPlain = new Plan("ByPlain").from(NO_AUTHORITY).make();
    TestSigner old = new Plan("Old").valid(NOT_BEFORE, NOW.minusSeconds(1)).make();
    TestSigner young = new Plan("Young").valid(NOW.plusSeconds(1), NOT_AFTER).make();
    TestSigner sha1 = new Plan("Sha1").signedWith("SHA1withRSA").make();
    TestSigner sha1Middle =
        new Plan("Sha1Middle").from(ROOT).asAuthority().signedWith("SHA1withRSA").make();
    TestSigner bySha1 = new Plan("BySha1").from(sha1Middle).make();
    TestSigner oldMiddle =
        new Plan("OldMiddle")
            .from(ROOT)
            .asAuthority()
            .valid(NOT_BEFORE, NOW.minusSeconds(1))
            .make();
    TestSigner byOld = new Plan("ByOld").from(oldMiddle).make();
    TestSigner encipherer = new Plan("Enc").usage(KeyUsage.keyEncipherment).make();
    TestSigner usable = new Plan("Sig").usage(KeyUsage.digitalSignature).make();
    TestSigner notary = new Plan("Not").usage(KeyUsage.nonRepudiation).make();
    TestSigner namesake = new Plan("Alice").with(BOB.pair()).make();
    return Stream.of(
        row("is an anchor", ALICE, List.of(), List.of(BOB, ALICE), null),
        row("is none", ALICE, List.of(), List.of(BOB), Kind.UNTRUSTED),
        row("no anchors", ALICE, List.of(), List.of(), Kind.UNTRUSTED),
        row("the name of an anchor only", namesake, List.of(), List.of(ALICE), Kind.UNTRUSTED),
        row("issued by an anchor", LEAF, List.of(), List.of(MIDDLE), null),
        row("chain in the signature", LEAF, List.of(MIDDLE), List.of(ROOT), null),
        row("whole chain, other order", LEAF, List.of(ROOT, MIDDLE), List.of(ROOT), null),
        row("gap in the chain", LEAF, List.of(), List.of(ROOT), Kind.UNTRUSTED),
        row("chain to another root", LEAF, List.of(MIDDLE, ROOT), List.of(BOB), Kind.UNTRUSTED),
        row("issued by a leaf", byLeaf, List.of(LEAF, MIDDLE), List.of(ROOT), Kind.UNTRUSTED),
        row("issued by a plain anchor", byPlain, List.of(), List.of(NO_AUTHORITY), Kind.UNTRUSTED),
        row("expired anchor", old, List.of(), List.of(old), Kind.EXPIRED),
        row("anchor of the future", young, List.of(), List.of(young), Kind.EXPIRED),
        row("expired issuer", byOld, List.of(oldMiddle), List.of(ROOT), Kind.UNTRUSTED),
        row("SHA-1 anchor", sha1, List.of(), List.of(sha1), Kind.UNSUITABLE_CERTIFICATE),
        row("SHA-1 issuer", bySha1, List.of(sha1Middle), List.of(ROOT), Kind.UNTRUSTED),
        row("for ciphers", encipherer, List.of(), List.of(encipherer), Kind.UNSUITABLE_CERTIFICATE),
        row("for signatures", usable, List.of(), List.of(usable), null),
        row("for non-repudiation", notary, List.of(), List.of(notary), null));
  }

  private static Arguments row(
      String name,
      TestSigner signer,
      List<TestSigner> sent,
      List<TestSigner> anchors,
      @Nullable Kind doubt) {
    return Arguments.of(name, signer, sent, anchors, doubt);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signers")
  void verify_signer_isTrustedOrNot(
      String name,
      TestSigner signer,
      List<TestSigner> sent,
      List<TestSigner> anchors,
      @Nullable Kind doubt) {
    CheckedSignature signature = verify(signer, sent, anchors, NOW);
    assertThat(signature.valid()).isTrue();
    assertThat(signature.signer()).isEqualTo(signer.certificate());
    assertThat(signature.trusted()).isEqualTo(doubt == null);
    assertThat(signature.findings())
        .extracting(SignatureFinding::kind)
        .isEqualTo(doubt == null ? List.of() : List.of(doubt));
  }

  @Test
  void verify_validityPeriod_isInclusive() {
    assertThat(verify(ALICE, List.of(), List.of(ALICE), NOT_BEFORE).trusted()).isTrue();
    assertThat(verify(ALICE, List.of(), List.of(ALICE), NOT_AFTER).trusted()).isTrue();
    assertThat(verify(ALICE, List.of(), List.of(ALICE), NOT_AFTER.plusMillis(1)).findings())
        .containsExactly(
            new SignatureFinding(
                Kind.EXPIRED,
                "The certificate of \"CN=Alice\" is valid from 2020-01-01T00:00:00Z to"
                    + " 2120-01-01T00:00:00Z only."));
  }

  private static CheckedSignature verify(
      TestSigner signer, List<TestSigner> sent, List<TestSigner> anchors, Instant now) {
    Document document = Sample.document();
    signer.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    Element own = Sample.element(document, "X509Certificate");
    for (TestSigner issuer : sent) {
      // Before the signer's, which is therefore not simply the first one.
      Element certificate = (Element) own.cloneNode(false);
      certificate.setTextContent(Xmlsec.base64(issuer));
      own.getParentNode().insertBefore(certificate, own);
    }
    return new SignatureVerifier(
            new TrustAnchors(Set.copyOf(anchors.stream().map(TestSigner::certificate).toList())),
            Clock.fixed(now, ZoneOffset.UTC))
        .verify(Sample.parse(Sample.text(document)))
        .signatures()
        .get(0);
  }
}
