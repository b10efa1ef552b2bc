package io.keymux.cpix.signature;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The verdicts on all signatures of a document, as it stood when they were checked.
 *
 * @param signatures in document order; empty if the document is not signed
 * @param places the XPaths of the parts that the document has
 * @param anchors whom the caller trusted
 */
public record SignatureReport(
    List<CheckedSignature> signatures, Map<SignedPart, String> places, TrustAnchors anchors) {

  public SignatureReport {
    signatures = List.copyOf(signatures);
    places = Collections.unmodifiableMap(new EnumMap<>(places));
  }

  /** Whether at least one valid signature covers {@code part}, itself or with the document. */
  public boolean isValid(SignedPart part) {
    return signatures.stream().anyMatch(s -> s.valid() && s.names(part));
  }

  /** Whether at least one valid signature of a trusted signer covers {@code part}. */
  public boolean isTrusted(SignedPart part) {
    return signatures.stream().anyMatch(s -> s.trusted() && s.names(part));
  }
}
