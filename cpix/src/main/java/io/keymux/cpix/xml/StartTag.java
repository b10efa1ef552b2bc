package io.keymux.cpix.xml;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Writes start tags: its own declaration, the other ones, then attributes, in the tree's order.
 *
 * <p>A tree may lack declarations, since its nodes know their namespaces without: they are added
 * where they are first needed.
 *
 * @see "DOM Level 3 Core, appendix B.1, Namespace normalization"
 */
final class StartTag {
  private final NamespaceScope scope = new NamespaceScope();
  private final XmlOutput out;

  StartTag(XmlOutput out) {
    this.out = out;
  }

  /** Writes all of the tag but its end. */
  void open(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    scope.open();
    for (int i = 0; i < attributes.getLength(); i++) {
      String name = attributes.item(i).getNodeName();
      if (XmlNames.isDeclaration(name)) {
        scope.declare(XmlNames.declaredPrefix(name), attributes.item(i).getNodeValue());
      }
    }
    out.markup("<");
    require(out.verbatim(element.getNodeName()), element, "");
    String own = empty(element.getPrefix());
    declareOwn(element, own);
    for (int i = 0; i < attributes.getLength(); i++) {
      String name = attributes.item(i).getNodeName();
      if (XmlNames.isDeclaration(name) && !XmlNames.declaredPrefix(name).equals(own)) {
        String uri = attributes.item(i).getNodeValue();
        require(!uri.isEmpty() || name.equals(XmlNames.XMLNS), element, name);
        write(element, name, uri);
      }
    }
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (!XmlNames.isDeclaration(attribute.getNodeName())) {
        write(element, name(element, attribute), attribute.getNodeValue());
      }
    }
  }

  /** Declares the element's own prefix, if it does so in the tree or nobody does. */
  private void declareOwn(Element element, String prefix) {
    String uri = empty(element.getNamespaceURI());
    if (scope.declaredHere(prefix) || !scope.uri(prefix).equals(uri)) {
      declare(element, prefix, uri);
    }
  }

  /** Forgets the namespaces of the last element that was opened and not closed. */
  void close() {
    scope.close();
  }

  /** The name of an attribute, in a prefix that stands for its namespace here. */
  private String name(Element element, Node attribute) {
    String uri = empty(attribute.getNamespaceURI());
    String prefix = empty(attribute.getPrefix());
    if (uri.isEmpty() || (!prefix.isEmpty() && scope.uri(prefix).equals(uri))) {
      return attribute.getNodeName();
    }
    String known = scope.prefix(uri);
    if (known == null) {
      // A prefix in use may be that of the element: it must not change its meaning here.
      known = prefix.isEmpty() || !scope.uri(prefix).isEmpty() ? unused() : prefix;
      declare(element, known, uri);
    }
    return known + ":" + attribute.getLocalName();
  }

  private String unused() {
    int number = 0;
    while (!scope.uri("ns" + number).isEmpty()) {
      number++;
    }
    return "ns" + number;
  }

  private void declare(Element element, String prefix, String uri) {
    scope.declare(prefix, uri);
    write(element, prefix.isEmpty() ? XmlNames.XMLNS : XmlNames.XMLNS + ":" + prefix, uri);
  }

  private void write(Element element, String name, String value) {
    out.markup(" ");
    require(out.verbatim(name), element, name);
    out.markup("=\"");
    require(out.attribute(value), element, name);
    out.markup("\"");
  }

  private static void require(boolean writable, Element element, String attribute) {
    if (!writable) {
      String place = XmlPath.of(element);
      throw InvalidXmlException.unwritable(attribute.isEmpty() ? place : place + "/@" + attribute);
    }
  }

  private static String empty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
