package io.keymux.cpix.signature;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a caller demands of a document's signatures.
 *
 * @param required the parts that a trusted signer must have signed; a signature of the document
 *     serves for each
 * @param anchors who is trusted
 */
public record SignatureRequirements(Set<SignedPart> required, TrustAnchors anchors) {
  /** Nothing has to be signed, but what is signed must not have been changed. */
  public static final SignatureRequirements NONE =
      new SignatureRequirements(Set.of(), TrustAnchors.NONE);

  public SignatureRequirements {
    EnumSet<SignedPart> ordered = EnumSet.noneOf(SignedPart.class);
    ordered.addAll(required);
    required = Collections.unmodifiableSet(ordered);
  }

  /**
   * Returns normally if each required part has a valid signature of a trusted signer, and no
   * signature of the document is invalid. A valid one of a stranger, where none is required,
   * passes.
   *
   * @param report made with the same anchors
   * @throws SignatureRefusedException with code {@code cpix-signature-required}, {@code
   *     cpix-signature-invalid} or {@code cpix-signature-untrusted}, part and XPath
   */
  public void enforce(SignatureReport report) {
    if (!report.anchors().equals(anchors)) {
      throw new IllegalArgumentException("the report was made with other trust anchors");
    }
    for (SignedPart part : required) {
      if (!report.isTrusted(part)) {
        throw refusal(part, report);
      }
    }
    for (CheckedSignature signature : report.signatures()) {
      if (!signature.valid()) {
        throw SignatureRefusedException.invalid(signature.part(), signature);
      }
    }
  }

  private static SignatureRefusedException refusal(SignedPart part, SignatureReport report) {
    List<CheckedSignature> candidates =
        report.signatures().stream().filter(signature -> signature.names(part)).toList();
    if (candidates.isEmpty()) {
      return SignatureRefusedException.required(part, report);
    }
    return candidates.stream()
        .filter(CheckedSignature::valid)
        .findFirst()
        .map(stranger -> SignatureRefusedException.untrusted(part, stranger))
        .orElseGet(() -> SignatureRefusedException.invalid(part, candidates.get(0)));
  }
}
