package io.keymux.cpix.signature;

import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.signature.SignatureFinding.Kind;
import io.keymux.cpix.xml.SafeXml;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks the signatures that are children of the root of a document. Others do not count.
 *
 * <p>A signature is valid only for the element that a reader reads: the root, or the only list of
 * its name directly below the root. A signed list that was moved elsewhere, and whatever stands in
 * its place, are not signed. Comments are covered by no signature.
 *
 * @see "W3C, XML Signature Best Practices, Best Practice 14: see what is signed"
 */
public final class SignatureVerifier {
  static final int MIN_KEY_BITS = 2048;

  /** Each may cost a pass over the document; all parts signed four times are 28. */
  private static final int MAX_SIGNATURES = 32;

  private final TrustAnchors anchors;
  private final Clock clock;

  /**
   * @param clock tells whether certificates are valid now
   */
  public SignatureVerifier(TrustAnchors anchors, Clock clock) {
    this.anchors = anchors;
    this.clock = clock;
  }

  /**
   * Checks {@code document} as it stands; the report says nothing about later states of the tree.
   * The tree is not changed.
   *
   * @param document from {@link SafeXml#parse(byte[])}
   * @throws InvalidCpixException with code {@code cpix-wrong-root} if it is not CPIX, {@code
   *     cpix-too-many-signatures} if it has more than 32
   */
  public SignatureReport verify(Document document) {
    SignableParts parts = SignableParts.of(document);
    List<Element> signatures = parts.signatures();
    requireFew(signatures.size());
    List<CheckedSignature> checked = new ArrayList<>();
    for (Element signature : signatures) {
      checked.add(check(signature, parts));
    }
    return new SignatureReport(checked, parts.places(), anchors);
  }

  static void requireFew(int signatures) {
    if (signatures > MAX_SIGNATURES) {
      throw new InvalidCpixException(
          "cpix-too-many-signatures",
          "%d signatures are more than the %d that one document may have."
              .formatted(signatures, MAX_SIGNATURES),
          "Leave those that are needed.");
    }
  }

  private CheckedSignature check(Element signature, SignableParts parts) {
    SignatureForm form = new SignatureForm(signature);
    String uri = form.uri();
    SignedPart part = uri == null ? null : parts.named(uri);
    EmbeddedCertificates certificates = EmbeddedCertificates.in(form.keyInfo());
    SignatureFinding defect = form.defect();
    if (defect == null && uri != null) {
      defect = target(uri, part, parts);
    }
    if (defect == null) {
      defect = key(certificates);
    }
    if (defect == null && uri != null && part != null && certificates != null) {
      Element element = parts.elements(part).get(0);
      Node target = uri.isEmpty() ? element.getOwnerDocument() : element;
      defect = JdkSignature.defect(signature, target, certificates.signer().getPublicKey());
    }
    boolean valid = defect == null;
    if (valid && certificates != null) {
      defect = new TrustDecision(anchors, clock.instant()).doubt(certificates);
    }
    return new CheckedSignature(
        SafeXml.path(signature),
        part,
        certificates == null ? null : certificates.signer(),
        valid,
        defect == null,
        defect == null ? List.of() : List.of(defect));
  }

  private static @Nullable SignatureFinding target(
      String uri, @Nullable SignedPart part, SignableParts parts) {
    if (part == null) {
      return new SignatureFinding(
          Kind.TARGET,
          "The Reference names \"%s\", which is neither the root nor a list of CPIX below it."
              .formatted(uri));
    }
    if (!uri.isEmpty() && parts.occurrences(uri.substring(1)) != 1) {
      return new SignatureFinding(
          Kind.DUPLICATE_ID,
          "The id \"%s\" stands %d times in the document."
              .formatted(uri.substring(1), parts.occurrences(uri.substring(1))));
    }
    if (parts.elements(part).size() != 1) {
      return new SignatureFinding(
          Kind.REPEATED_LIST,
          "The root has %d elements %s, but may have one."
              .formatted(parts.elements(part).size(), part.elementName()));
    }
    String relative = RelativeNamespace.inScopeOf(parts.elements(part).get(0));
    return relative == null ? null : new SignatureFinding(Kind.RELATIVE_NAMESPACE, relative);
  }

  private static @Nullable SignatureFinding key(@Nullable EmbeddedCertificates certificates) {
    if (certificates == null) {
      return new SignatureFinding(
          Kind.CERTIFICATE, "The signature holds no readable X.509 certificate, or too many.");
    }
    return weakness(certificates.signer().getPublicKey());
  }

  static @Nullable SignatureFinding weakness(PublicKey key) {
    int bits = key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
    return bits >= MIN_KEY_BITS
        ? null
        : new SignatureFinding(
            Kind.KEY,
            bits == 0
                ? "The signer's key is %s, not RSA.".formatted(key.getAlgorithm())
                : "The signer's RSA key has %d bits, fewer than %d.".formatted(bits, MIN_KEY_BITS));
  }
}
