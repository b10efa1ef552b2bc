package io.keymux.cpix.signature;

import static io.keymux.cpix.signature.SignedPart.CONTENT_KEYS;
import static io.keymux.cpix.signature.SignedPart.DOCUMENT;
import static io.keymux.cpix.signature.SignedPart.DRM_SYSTEMS;
import static io.keymux.cpix.signature.SignedPart.KEY_PERIODS;
import static io.keymux.cpix.signature.TestSigner.ALICE;
import static io.keymux.cpix.signature.TestSigner.BOB;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.DrmException.Blame;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** Required, valid and trusted are three things. Alice is trusted, Bob is not. */
class SignatureRequirementsTest {
  private static final TrustAnchors ANCHORS = TrustAnchors.of(ALICE.certificate());

  static Stream<Arguments> rows() {
    Consumer<Document> unsigned = document -> {};
    Consumer<Document> alice = sign(ALICE, CONTENT_KEYS);
    Consumer<Document> bob = sign(BOB, CONTENT_KEYS);
    Consumer<Document> brokenKey =
        document -> Sample.element(document, "PlainValue").setTextContent(Sample.FORGED_VALUE);
    Consumer<Document> brokenPeriod =
        document -> Sample.element(document, "ContentKeyPeriod").setAttributeNS(null, "index", "7");
    Consumer<Document> withoutPeriods =
        document -> {
          var list = Sample.element(document, "ContentKeyPeriodList");
          list.getParentNode().removeChild(list);
        };
    return Stream.of(
        row(unsigned, Set.of(), null, ""),
        row(
            unsigned,
            Set.of(CONTENT_KEYS),
            "cpix-signature-required",
            "/CPIX/ContentKeyList is not signed, but CONTENT_KEYS must be."),
        row(unsigned, Set.of(DOCUMENT), "cpix-signature-required", "/CPIX is not signed"),
        row(alice, Set.of(CONTENT_KEYS), null, ""),
        row(alice, Set.of(DOCUMENT), "cpix-signature-required", "/CPIX is not signed"),
        row(
            alice,
            Set.of(CONTENT_KEYS, DRM_SYSTEMS),
            "cpix-signature-required",
            "/CPIX/DRMSystemList is not signed"),
        row(
            bob,
            Set.of(CONTENT_KEYS),
            "cpix-signature-untrusted",
            "/CPIX/Signature on CONTENT_KEYS is valid, but not trusted: The certificate of"
                + " \"CN=Bob\" is neither one of the 1 trust anchors"),
        row(bob.andThen(alice), Set.of(CONTENT_KEYS), null, ""),
        row(bob, Set.of(), null, ""),
        row(
            alice.andThen(brokenKey),
            Set.of(CONTENT_KEYS),
            "cpix-signature-invalid",
            "/CPIX/Signature on CONTENT_KEYS is not valid: The signed part is not as it was"),
        row(alice.andThen(brokenKey), Set.of(), "cpix-signature-invalid", "/CPIX/Signature on"),
        row(
            alice.andThen(sign(BOB, KEY_PERIODS)).andThen(brokenPeriod),
            Set.of(CONTENT_KEYS),
            "cpix-signature-invalid",
            "/CPIX/Signature[2] on KEY_PERIODS is not valid"),
        row(alice.andThen(brokenPeriod), Set.of(CONTENT_KEYS), null, ""),
        row(sign(ALICE, DOCUMENT), EnumSet.allOf(SignedPart.class), null, ""),
        row(
            sign(BOB, DOCUMENT),
            EnumSet.allOf(SignedPart.class),
            "cpix-signature-untrusted",
            "/CPIX/Signature on DOCUMENT is valid, but not trusted"),
        row(withoutPeriods.andThen(sign(ALICE, DOCUMENT)), Set.of(KEY_PERIODS), null, ""),
        row(
            alice.andThen(withoutPeriods),
            Set.of(KEY_PERIODS),
            "cpix-signature-required",
            "/CPIX has no ContentKeyPeriodList, and no signature of the document says so."));
  }

  private static Arguments row(
      Consumer<Document> change, Set<SignedPart> required, @Nullable String code, String text) {
    return Arguments.of(change, required, code, text);
  }

  private static Consumer<Document> sign(TestSigner signer, SignedPart part) {
    return document -> signer.signer().sign(document, EnumSet.of(part));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void enforce_document_passesOrIsRefused(
      Consumer<Document> change, Set<SignedPart> required, @Nullable String code, String text) {
    Document document = Sample.document();
    change.accept(document);
    SignatureReport report = Sample.verify(document, ANCHORS);
    SignatureRequirements requirements = new SignatureRequirements(required, ANCHORS);
    if (code == null) {
      assertThatCode(() -> requirements.enforce(report)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> requirements.enforce(report))
          .hasMessageContaining(text)
          .asInstanceOf(type(SignatureRefusedException.class))
          .returns(code, SignatureRefusedException::code)
          .returns(Blame.CALLER, SignatureRefusedException::blame);
    }
  }

  @Test
  void enforce_reportOfOtherAnchors_isAnError() {
    SignatureReport report = Sample.verify(Sample.document(), ANCHORS);
    assertThatThrownBy(() -> SignatureRequirements.NONE.enforce(report))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
