package io.keymux.cpix.document;

import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/**
 * Copies elements of one document into another, with the prefixes that are in scope there. What is
 * not declared there is declared at the copy: a declaration further up would change what signatures
 * over other parts were made of.
 */
final class Grafting {
  private final Document target;

  Grafting(Document target) {
    this.target = target;
  }

  /**
   * Copies {@code source} to the end of {@code parent}, which stands in the document.
   *
   * @return the copy
   */
  Element copyInto(Element parent, Element source) {
    String namespace = source.getNamespaceURI();
    String prefix = namespace == null ? "" : prefix(parent, namespace);
    Element copy =
        target.createElementNS(
            namespace, name(prefix == null ? source.getPrefix() : prefix, source.getLocalName()));
    parent.appendChild(copy);
    if (prefix == null) {
      declare(copy, source.getPrefix(), String.valueOf(namespace));
    }
    copyAttributes(source, copy);
    for (Node child = source.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        copyInto(copy, element);
      } else if (child instanceof Text text) {
        copy.appendChild(target.createTextNode(text.getData()));
      }
    }
    return copy;
  }

  /** The prefix for {@code namespace} in scope; empty if it is the default, null if none is. */
  private static @Nullable String prefix(Node scope, String namespace) {
    return scope.isDefaultNamespace(namespace) ? "" : scope.lookupPrefix(namespace);
  }

  private static void declare(Element element, @Nullable String prefix, String namespace) {
    element.setAttributeNS(
        XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
        prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix,
        namespace);
  }

  private static void copyAttributes(Element source, Element copy) {
    NamedNodeMap attributes = source.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
        copy.setAttributeNS(attribute.getNamespaceURI(), attribute.getName(), attribute.getValue());
      }
    }
  }

  private static String name(@Nullable String prefix, String localName) {
    return prefix == null || prefix.isEmpty() ? localName : prefix + ":" + localName;
  }
}
