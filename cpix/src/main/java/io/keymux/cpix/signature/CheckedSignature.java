package io.keymux.cpix.signature;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one {@code ds:Signature} below the root.
 *
 * @param place its XPath
 * @param part what its Reference names, valid or not; null if that is nothing that is read
 * @param signer the certificate that it carries; whoever made the signature chose it, so without
 *     {@code trusted} it proves nothing about a name
 * @param valid whether {@code part} is unchanged since the holder of that certificate's key signed
 *     it
 * @param trusted whether it is valid, and the certificate leads to a trust anchor of the caller
 * @param findings why it is not valid, or not trusted; empty if it is both
 */
public record CheckedSignature(
    String place,
    @Nullable SignedPart part,
    @Nullable X509Certificate signer,
    boolean valid,
    boolean trusted,
    List<SignatureFinding> findings) {

  public CheckedSignature {
    findings = List.copyOf(findings);
    if ((trusted && !valid) || (valid && (part == null || signer == null))) {
      throw new IllegalArgumentException("trusted needs valid, valid needs a part and a signer");
    }
    if (trusted != findings.isEmpty()) {
      throw new IllegalArgumentException("what is not trusted needs a reason, and nothing else");
    }
  }

  /** Whether it names {@code wanted}, or the document with everything in it. Not: validly. */
  public boolean names(SignedPart wanted) {
    return part == wanted || part == SignedPart.DOCUMENT;
  }
}
