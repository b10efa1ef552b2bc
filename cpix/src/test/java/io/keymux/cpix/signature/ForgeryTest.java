package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.SignedPart.CONTENT_KEYS;
import static io.keymux.cpix.signature.TestSigner.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** Keys of an attacker are never taken for signed, wherever the signed ones are hidden. */
class ForgeryTest {
  private static final TrustAnchors ANCHORS = TrustAnchors.of(ALICE.certificate());

  static List<Forgery> forgeries() {
    return Forgery.all();
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void verify_forgery_isNotTrustedAndSaysWhy(Forgery forgery) {
    Document document = Sample.document();
    forgery.signing().accept(document);
    forgery.forging().accept(document);

    SignatureReport report = Sample.verify(document, ANCHORS);
    assertThat(report.isTrusted(CONTENT_KEYS)).isFalse();
    assertThat(report.isTrusted(SignedPart.DOCUMENT)).isFalse();
    if (forgery.finding() == null) {
      assertThat(report.signatures()).isEmpty();
    } else {
      assertThat(report.signatures().get(0).findings())
          .extracting(SignatureFinding::kind)
          .containsExactly(forgery.finding());
    }
    assertThatThrownBy(
            () -> new SignatureRequirements(EnumSet.of(CONTENT_KEYS), ANCHORS).enforce(report))
        .asInstanceOf(type(SignatureRefusedException.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(forgery.code());
              assertThat(refusal.part()).isEqualTo(CONTENT_KEYS);
              assertThat(refusal).hasMessageContaining("/CPIX/");
            });
  }

  /** Shows that the forgeries are no straw men. */
  @ParameterizedTest
  @MethodSource("forgeries")
  void jdkAlone_forgery_isFooledWhereWeSaySo(Forgery forgery) {
    Document document = Sample.document();
    forgery.signing().accept(document);
    forgery.forging().accept(document);
    Document read = Sample.parse(Sample.text(document));
    boolean alices =
        Sample.element(read, "X509Certificate")
            .getTextContent()
            .replaceAll("\\s", "")
            .equals(Xmlsec.base64(ALICE));
    assertThat(JdkPeer.validate(read).get(0) && alices).isEqualTo(forgery.fooled());
  }

  @Test
  void verify_genuineDocument_isTrusted() {
    Document document = Sample.document();
    ALICE.signer().sign(document, Set.of(CONTENT_KEYS));
    SignatureReport report = Sample.verify(document, ANCHORS);
    assertThat(report.isTrusted(CONTENT_KEYS)).isTrue();
    new SignatureRequirements(Set.of(CONTENT_KEYS), ANCHORS).enforce(report);
    assertThat(Forgery.all()).hasSizeGreaterThan(20);
    assertThat(Forgery.all().stream().filter(Forgery::fooled)).hasSizeGreaterThan(10);
  }
}
