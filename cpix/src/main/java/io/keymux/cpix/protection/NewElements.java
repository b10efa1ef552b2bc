package io.keymux.cpix.protection;

import io.keymux.cpix.xml.CpixNames;
import java.util.Map;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Elements put into a document that stands: with prefixes that are in scope, else with one that is
 * declared on the new element. A declaration further up would change what signatures cover.
 */
final class NewElements {
  private static final Map<String, String> USUAL_PREFIXES =
      Map.of(
          CpixNames.CPIX, "cpix",
          CpixNames.PSKC, "pskc",
          CpixNames.XMLDSIG, "ds",
          CpixNames.XMLENC, "enc");

  private NewElements() {}

  static Element append(Element parent, String namespace, String name) {
    return insert(parent, namespace, name, null);
  }

  /**
   * @param before a child of {@code parent}; null for the end
   */
  static Element insert(Element parent, String namespace, String name, @Nullable Node before) {
    String prefix = prefixInScope(parent, namespace);
    String declared = prefix == null ? freePrefix(parent, namespace) : prefix;
    String qualified = declared.isEmpty() ? name : declared + ":" + name;
    Element element = parent.getOwnerDocument().createElementNS(namespace, qualified);
    if (prefix == null) {
      declare(element, declared, namespace);
    }
    parent.insertBefore(element, before);
    return element;
  }

  /** Declares on a new element what its content will need and is not in scope. */
  static void declare(Element element, String... namespaces) {
    for (String namespace : namespaces) {
      if (prefixInScope(element, namespace) == null) {
        declare(element, freePrefix(element, namespace), namespace);
      }
    }
  }

  static void text(Element parent, String namespace, String name, String text) {
    append(parent, namespace, name).setTextContent(text);
  }

  /** The parent's own prefix if it is of that namespace; empty for the default namespace. */
  private static @Nullable String prefixInScope(Element parent, String namespace) {
    if (namespace.equals(parent.getNamespaceURI())) {
      return parent.getPrefix() == null ? "" : parent.getPrefix();
    }
    String prefix = parent.lookupPrefix(namespace);
    return prefix == null && parent.isDefaultNamespace(namespace) ? "" : prefix;
  }

  private static String freePrefix(Element scope, String namespace) {
    String usual = USUAL_PREFIXES.getOrDefault(namespace, "ns");
    String prefix = usual;
    for (int i = 1; scope.lookupNamespaceURI(prefix) != null; i++) {
      prefix = usual + i;
    }
    return prefix;
  }

  private static void declare(Element element, String prefix, String namespace) {
    element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + prefix, namespace);
  }
}
