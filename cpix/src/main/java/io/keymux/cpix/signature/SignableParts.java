package io.keymux.cpix.signature;

import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/**
 * The root of a document, the lists directly below it, and how often each id occurs anywhere. Only
 * these elements can be named by a signature: they are the ones that a reader reads.
 */
final class SignableParts {
  static final String ID = "id";

  private final Element root;
  private final Map<SignedPart, List<Element>> elements = new EnumMap<>(SignedPart.class);
  private final Map<String, Integer> ids = new HashMap<>();

  private SignableParts(Element root) {
    this.root = root;
    for (SignedPart part : SignedPart.values()) {
      elements.put(
          part,
          part == SignedPart.DOCUMENT ? List.of(root) : CpixDom.children(root, part.elementName()));
    }
    countIds(root);
  }

  /**
   * @throws InvalidCpixException with code {@code cpix-wrong-root} if it is no CPIX document
   */
  static SignableParts of(Document document) {
    Element root = document.getDocumentElement();
    if (!"CPIX".equals(root.getLocalName()) || !CpixNames.CPIX.equals(root.getNamespaceURI())) {
      throw new InvalidCpixException(
          "cpix-wrong-root",
          "The root element is %s in namespace %s, not CPIX in %s."
              .formatted(root.getNodeName(), root.getNamespaceURI(), CpixNames.CPIX),
          "Send a CPIX document.");
    }
    return new SignableParts(root);
  }

  /** Whatever a reader of signatures could take for an id counts: {@code Id}, {@code xml:id}. */
  private void countIds(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      // An attribute that was set without namespace has no local name.
      String name =
          attribute.getLocalName() == null ? attribute.getName() : attribute.getLocalName();
      if (ID.equalsIgnoreCase(name)) {
        ids.merge(attribute.getValue().strip(), 1, Integer::sum);
      }
    }
    for (Element child : CpixDom.children(element)) {
      countIds(child);
    }
  }

  Element root() {
    return root;
  }

  /** The elements of a part: one, none, or several if the document is not as it should be. */
  List<Element> elements(SignedPart part) {
    return elements.getOrDefault(part, List.of());
  }

  /** The signatures that count: children of the root. */
  List<Element> signatures() {
    List<Element> signatures = new ArrayList<>();
    for (Element child : CpixDom.children(root)) {
      if (CpixNames.XMLDSIG.equals(child.getNamespaceURI())
          && "Signature".equals(child.getLocalName())) {
        signatures.add(child);
      }
    }
    return signatures;
  }

  /** What {@code uri} of a Reference names, or null. */
  @Nullable SignedPart named(String uri) {
    if (uri.isEmpty()) {
      return SignedPart.DOCUMENT;
    }
    for (SignedPart part : SignedPart.values()) {
      for (Element element : elements(part)) {
        if (element.hasAttribute(ID) && uri.equals("#" + element.getAttribute(ID))) {
          return part;
        }
      }
    }
    return null;
  }

  int occurrences(String id) {
    return ids.getOrDefault(id.strip(), 0);
  }

  Map<SignedPart, String> places() {
    Map<SignedPart, String> places = new EnumMap<>(SignedPart.class);
    elements.forEach(
        (part, found) -> {
          if (!found.isEmpty()) {
            places.put(part, SafeXml.path(found.get(0)));
          }
        });
    return places;
  }
}
