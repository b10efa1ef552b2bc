package io.keymux.cpix.signature;

import io.keymux.cpix.signature.SignatureFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.NoSuchProviderException;
import java.security.PublicKey;
import javax.xml.crypto.Data;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.NodeSetData;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * One signature in the hands of the JDK. The only class that touches {@code javax.xml.crypto},
 * which is then loaded for signed documents alone.
 *
 * <p>The signature must have passed {@link SignatureForm}.
 */
final class JdkSignature {
  private final DOMValidateContext context;
  private final XMLSignature parsed;
  private final Node target;

  private JdkSignature(DOMValidateContext context, XMLSignature parsed, Node target) {
    this.context = context;
    this.parsed = parsed;
    this.target = target;
  }

  /**
   * @param target the document, or the element that the Reference names; the only element with an
   *     id that the JDK will know
   * @throws MarshalException if the JDK cannot make sense of the signature
   */
  private static JdkSignature of(Element signature, Node target, PublicKey key)
      throws MarshalException {
    DOMValidateContext context = new DOMValidateContext(key, signature);
    context.setProperty("org.jcp.xml.dsig.secureValidation", true);
    context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
    if (target instanceof Element element) {
      context.setIdAttributeNS(element, null, SignableParts.ID);
    }
    try {
      // The JDK's own: another provider of the same name may validate less.
      XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM", "XMLDSig");
      return new JdkSignature(context, factory.unmarshalXMLSignature(context), target);
    } catch (NoSuchProviderException e) {
      throw new IllegalStateException("this Java runtime lacks the module java.xml.crypto", e);
    }
  }

  /** Why {@code signature} is not valid for {@code target} and {@code key}, or null if it is. */
  static @Nullable SignatureFinding defect(Element signature, Node target, PublicKey key) {
    try {
      return of(signature, target, key).defect();
    } catch (MarshalException e) {
      return new SignatureFinding(
          Kind.NOT_PROCESSABLE, "The JDK cannot make sense of its elements.");
    } catch (XMLSignatureException e) {
      return unprocessable(e);
    }
  }

  private @Nullable SignatureFinding defect() throws XMLSignatureException {
    if (!reference().validate(context)) {
      return new SignatureFinding(
          Kind.CONTENT_CHANGED, "The signed part is not as it was when it was signed.");
    }
    if (!parsed.getSignatureValue().validate(context)) {
      return wrongValue();
    }
    if (!parsed.validate(context) || !isTargetDigested()) {
      return new SignatureFinding(
          Kind.TARGET, "What was validated is not the element that is read.");
    }
    return null;
  }

  private static SignatureFinding wrongValue() {
    return new SignatureFinding(
        Kind.SIGNATURE_VALUE,
        "The signature value was not made with the key of the certificate for SignedInfo as it stands.");
  }

  private static SignatureFinding unprocessable(XMLSignatureException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.security.SignatureException) {
        return wrongValue(); // Not of the key's length.
      }
    }
    return new SignatureFinding(Kind.NOT_PROCESSABLE, "The JDK refuses to process it.");
  }

  /** The digest of {@code target} as it stands, whatever {@code signature} says. */
  static byte[] calculatedDigest(Element signature, Node target, PublicKey key) {
    try {
      JdkSignature own = of(signature, target, key);
      own.reference().validate(own.context);
      return own.reference().getCalculatedDigestValue();
    } catch (MarshalException | XMLSignatureException e) {
      throw new IllegalStateException("the JDK cannot digest a document that was checked", e);
    }
  }

  /** The bytes that the value of {@code signature} is made of. */
  static byte[] canonicalSignedInfo(Element signature, Node target, PublicKey key) {
    try {
      JdkSignature own = of(signature, target, key);
      own.parsed.getSignatureValue().validate(own.context);
      try (InputStream canonical = own.parsed.getSignedInfo().getCanonicalizedData()) {
        return canonical.readAllBytes();
      }
    } catch (MarshalException | XMLSignatureException e) {
      throw new IllegalStateException("the JDK cannot read a signature that we made", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reference reference() {
    return parsed.getSignedInfo().getReferences().get(0);
  }

  /** Whether what was digested is the target and what is in it, nothing else. */
  private boolean isTargetDigested() {
    Data data = reference().getDereferencedData();
    if (!(data instanceof NodeSetData<?> nodes)) {
      return false;
    }
    Node top = target instanceof Document document ? document.getDocumentElement() : target;
    boolean found = false;
    for (Object digested : nodes) {
      Node node =
          digested instanceof Attr attribute ? attribute.getOwnerElement() : (Node) digested;
      if (!isInside(node, target)) {
        return false;
      }
      found |= node == top;
    }
    return found;
  }

  private static boolean isInside(Node node, Node ancestor) {
    for (Node at = node; at != null; at = at.getParentNode()) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }
}
