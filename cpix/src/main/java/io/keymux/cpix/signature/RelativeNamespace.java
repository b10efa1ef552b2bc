package io.keymux.cpix.signature;

import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Looks for namespace URIs without a scheme. Canonical XML is not defined for them, so a document
 * with one can be neither signed nor verified.
 *
 * @see "W3C, Canonical XML 1.0, 1.3 Limitations"
 */
final class RelativeNamespace {
  private RelativeNamespace() {}

  /** A sentence with place and URI of the first one in the document, or null. */
  static @Nullable String in(Document document) {
    return below(document.getDocumentElement());
  }

  /** The same for what is canonicalized with {@code target}: the declarations around it count. */
  static @Nullable String inScopeOf(Element target) {
    for (Node at = target.getParentNode(); at instanceof Element outer; at = at.getParentNode()) {
      String found = declaredBy(outer);
      if (found != null) {
        return found;
      }
    }
    return below(target);
  }

  private static @Nullable String below(Element element) {
    String own = declaredBy(element);
    if (own != null) {
      return own;
    }
    for (Element child : CpixDom.children(element)) {
      String found = below(child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String declaredBy(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      String uri = attribute.getNodeValue();
      if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
          && !uri.isEmpty()
          && uri.indexOf(':') <= 0) {
        return "%s/@%s is \"%s\", a relative namespace URI, for which signatures are not defined."
            .formatted(SafeXml.path(element), attribute.getNodeName(), uri);
      }
    }
    return null;
  }
}
