package io.keymux.cpix.document;

import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Finds the lists of a document and the signatures over them. */
final class DocumentOutline {
  private final Element root;

  DocumentOutline(Document document) {
    this.root = document.getDocumentElement();
  }

  Element root() {
    return root;
  }

  List<Element> entries(CpixPart part) {
    return CpixDom.entries(root, part.listName(), part.entryName());
  }

  Optional<Element> list(CpixPart part) {
    return CpixDom.children(root, part.listName()).stream().findFirst();
  }

  /** The list of {@code part}, made where the schema wants it if it is not there. */
  Element listOrNew(CpixPart part) {
    return list(part).orElseGet(() -> newList(part));
  }

  private Element newList(CpixPart part) {
    String prefix = root.getPrefix();
    Element list =
        root.getOwnerDocument()
            .createElementNS(
                CpixNames.CPIX, prefix == null ? part.listName() : prefix + ":" + part.listName());
    root.insertBefore(list, firstAfter(part));
    return list;
  }

  private @Nullable Element firstAfter(CpixPart part) {
    for (Element child : CpixDom.children(root)) {
      CpixPart other = CpixPart.ofList(child.getLocalName());
      if (other == null || other.compareTo(part) > 0) {
        return child;
      }
    }
    return null;
  }

  List<Element> signatures() {
    return CpixDom.children(root).stream()
        .filter(child -> CpixNames.XMLDSIG.equals(child.getNamespaceURI()))
        .filter(child -> "Signature".equals(child.getLocalName()))
        .toList();
  }

  /** The signatures that a change of {@code part} would break, valid or not. */
  List<Element> signaturesOver(CpixPart part) {
    Set<String> covered = new HashSet<>(rootReferences());
    list(part).ifPresent(list -> addIds(list, covered));
    return signaturesOver(covered);
  }

  /** The signatures over the whole document, which any change would break. */
  List<Element> signaturesOverAll() {
    return signaturesOver(rootReferences());
  }

  private Set<String> rootReferences() {
    return new HashSet<>(List.of("", "#" + root.getAttribute("id")));
  }

  private List<Element> signaturesOver(Set<String> covered) {
    return signatures().stream()
        .filter(signature -> references(signature).stream().anyMatch(covered::contains))
        .toList();
  }

  private static void addIds(Element element, Set<String> references) {
    references.add("#" + element.getAttribute("id"));
    CpixDom.children(element).forEach(child -> addIds(child, references));
  }

  /**
   * @throws InvalidCpixException with code {@code cpix-signed-part} if a signature covers {@code
   *     part}
   */
  void requireUnsigned(CpixPart part) {
    requireNone(signaturesOver(part), part.listName());
  }

  /**
   * @throws InvalidCpixException with code {@code cpix-signed-part} if a signature covers the whole
   *     document
   */
  void requireUnsignedRoot() {
    requireNone(signaturesOverAll(), "The document");
  }

  private static void requireNone(List<Element> covering, String what) {
    if (!covering.isEmpty()) {
      throw new InvalidCpixException(
          "cpix-signed-part",
          "%s is signed by %s; a change would break the signature."
              .formatted(what, SafeXml.path(covering.get(0))),
          "Remove the signature first, and sign the document again afterwards.");
    }
  }

  private static List<String> references(Element signature) {
    List<String> uris = new ArrayList<>();
    for (Element info : CpixDom.children(signature)) {
      for (Element reference : CpixDom.children(info)) {
        if ("Reference".equals(reference.getLocalName())) {
          uris.add(reference.getAttribute("URI"));
        }
      }
    }
    return uris;
  }
}
