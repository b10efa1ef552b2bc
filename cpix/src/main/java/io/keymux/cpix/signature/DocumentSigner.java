package io.keymux.cpix.signature;

import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.cpix.xml.XmlLimits;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Signs documents in the name of one certificate, with RSA and SHA-512. Several signers may sign
 * one list, each on its own; the document as a whole is signed last, and once.
 *
 * <p>A signature adds its own element at the end of the root and, where a list has none, an id. It
 * changes nothing else: no whitespace, no namespace of the root. Safe for use by several threads on
 * different documents.
 *
 * @see "DASH-IF CPIX, Signature element"
 */
public final class DocumentSigner {
  private static final int ANY = Integer.MAX_VALUE;
  private static final XmlLimits UNLIMITED = new XmlLimits(ANY, ANY, ANY, ANY, ANY);

  private final SignatureMaker maker;

  /**
   * @param key may be one that a security module keeps
   * @param certificate is written into each signature, without its issuers
   * @throws InvalidCpixException with code {@code cpix-signing-key-unsuitable} if the two do not
   *     belong together, or are not RSA of 2048 bits or more
   */
  public DocumentSigner(PrivateKey key, X509Certificate certificate, SigningOptions options) {
    this.maker = new SignatureMaker(key, certificate, options);
  }

  /**
   * Signs each of {@code parts}: lists in the order of the enum, then the document if it is among
   * them. On failure the tree is as before.
   *
   * @param document as it will be sent: whatever is changed in a signed part afterwards, or in how
   *     it is written, breaks its signature. Must declare its namespaces, as a parsed one does
   * @param parts at least one
   * @throws InvalidCpixException with code {@code cpix-nothing-to-sign} or {@code
   *     cpix-repeated-element} if there is not exactly one such list; {@code cpix-unusable-id} if
   *     its id is taken or cannot be referred to; {@code cpix-document-signed} if the document has
   *     been signed as a whole, which one more signature would break; {@code
   *     cpix-relative-namespace}; {@code cpix-too-many-signatures}; {@code cpix-wrong-root}
   */
  public void sign(Document document, Set<SignedPart> parts) {
    SignableParts index = SignableParts.of(document);
    Map<SignedPart, Element> targets = targets(index, parts);
    requireSignable(document, index, parts.size());
    List<Element> named = new ArrayList<>();
    List<Element> added = new ArrayList<>();
    try {
      targets.forEach(
          (part, element) -> {
            if (part == SignedPart.DOCUMENT) {
              added.add(maker.sign(document, document, ""));
              return;
            }
            if (element.getAttribute(SignableParts.ID).isEmpty()) {
              element.setAttributeNS(null, SignableParts.ID, freeId(part, index));
              named.add(element);
            }
            added.add(maker.sign(document, element, "#" + element.getAttribute(SignableParts.ID)));
          });
      requireDurable(document, added.size());
    } catch (RuntimeException e) {
      added.forEach(DocumentSigner::remove);
      named.forEach(element -> element.removeAttribute(SignableParts.ID));
      throw e;
    }
  }

  /**
   * Removes all signatures, valid or not, that name one of {@code parts}: the step before a change
   * of those parts. A signature of the document is removed only if {@code parts} has {@link
   * SignedPart#DOCUMENT}.
   *
   * @return how many
   */
  public static int unsign(Document document, Set<SignedPart> parts) {
    SignableParts index = SignableParts.of(document);
    int removed = 0;
    for (Element signature : index.signatures()) {
      String uri = new SignatureForm(signature).uri();
      SignedPart part = uri == null ? null : index.named(uri);
      if (part != null && parts.contains(part)) {
        remove(signature);
        removed++;
      }
    }
    return removed;
  }

  private static Map<SignedPart, Element> targets(SignableParts index, Set<SignedPart> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no part to sign");
    }
    Map<SignedPart, Element> targets = new EnumMap<>(SignedPart.class);
    for (SignedPart part : EnumSet.copyOf(parts)) {
      List<Element> found = index.elements(part);
      if (found.isEmpty()) {
        throw new InvalidCpixException(
            "cpix-nothing-to-sign",
            "%s has no %s to sign.".formatted(SafeXml.path(index.root()), part.elementName()),
            "Leave it out, or sign the document, which covers that it is not there.");
      }
      if (found.size() > 1) {
        throw new InvalidCpixException(
            "cpix-repeated-element",
            "%s: the element stands %d times, but may stand once."
                .formatted(SafeXml.path(found.get(1)), found.size()),
            "Remove the others.");
      }
      if (part != SignedPart.DOCUMENT) {
        requireUsableId(found.get(0), index);
      }
      targets.put(part, found.get(0));
    }
    return targets;
  }

  private static void requireUsableId(Element list, SignableParts index) {
    String id = list.getAttribute(SignableParts.ID);
    if (!id.isEmpty() && (!SignatureForm.isReferable(id) || index.occurrences(id) != 1)) {
      throw new InvalidCpixException(
          "cpix-unusable-id",
          "%s/@id is \"%s\", which %s."
              .formatted(
                  SafeXml.path(list),
                  id,
                  SignatureForm.isReferable(id)
                      ? "stands %d times in the document".formatted(index.occurrences(id))
                      : "a signature cannot refer to"),
          "Give the list an id of its own, of letters, digits and hyphens.");
    }
  }

  private static void requireSignable(Document document, SignableParts index, int more) {
    String relative = RelativeNamespace.in(document);
    if (relative != null) {
      throw new InvalidCpixException(
          "cpix-relative-namespace", relative, "Use an absolute URI, such as urn:example:x.");
    }
    List<Element> existing = index.signatures();
    SignatureVerifier.requireFew(existing.size() + more);
    for (Element signature : existing) {
      String uri = new SignatureForm(signature).uri();
      if (uri != null && index.named(uri) == SignedPart.DOCUMENT) {
        throw new InvalidCpixException(
            "cpix-document-signed",
            "%s signs the whole document, so one more signature would break it."
                .formatted(SafeXml.path(signature)),
            "Remove it, sign the lists, and sign the document again.");
      }
    }
  }

  /** The name of the list, as other CPIX software does; numbered if that id is taken. */
  private static String freeId(SignedPart part, SignableParts index) {
    String id = part.elementName();
    for (int number = 2; index.occurrences(id) > 0; number++) {
      id = part.elementName() + "-" + number;
    }
    return id;
  }

  /** A tree can hold what XML text cannot; the new signatures must hold for the text. */
  private static void requireDurable(Document document, int added) {
    byte[] xml = SafeXml.serialize(document);
    try {
      List<CheckedSignature> signatures =
          new SignatureVerifier(TrustAnchors.NONE, Clock.systemUTC())
              .verify(SafeXml.parse(xml, UNLIMITED))
              .signatures();
      List<CheckedSignature> own = signatures.subList(signatures.size() - added, signatures.size());
      for (CheckedSignature signature : own) {
        if (!signature.valid()) {
          throw new IllegalArgumentException(
              "the tree is not what is written of it; does it lack namespace declarations? %s: %s"
                  .formatted(signature.place(), signature.findings()));
        }
      }
    } finally {
      Arrays.fill(xml, (byte) 0);
    }
  }

  private static void remove(Element element) {
    Node parent = element.getParentNode();
    if (parent != null) {
      parent.removeChild(element);
    }
  }
}
