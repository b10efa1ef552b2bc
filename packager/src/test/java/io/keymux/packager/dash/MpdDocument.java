package io.keymux.packager.dash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An MPD as a namespace-aware parser sees it, asked by XPath with local names. */
final class MpdDocument {
  // Looking a factory up takes longer than the question.
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private final Node context;

  private MpdDocument(Node context) {
    this.context = context;
  }

  static MpdDocument parse(String text) {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    try {
      return new MpdDocument(
          factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(UTF_8))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("the MPD is not well-formed", e);
    }
  }

  /** The elements that {@code path} finds; {@code //A/B} stands for DASH elements only. */
  List<MpdDocument> all(String path) {
    String qualified =
        path.replaceAll(
            "(^|/)([A-Z][A-Za-z]*)",
            "$1*[local-name()='$2' and namespace-uri()='urn:mpeg:dash:schema:mpd:2011']");
    try {
      NodeList nodes = (NodeList) XPATH.evaluate(qualified, context, XPathConstants.NODESET);
      List<MpdDocument> found = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        found.add(new MpdDocument(nodes.item(i)));
      }
      return found;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(qualified, e);
    }
  }

  MpdDocument one(String path) {
    List<MpdDocument> found = all(path);
    if (found.size() != 1) {
      throw new AssertionError(path + " finds " + found.size() + " nodes");
    }
    return found.get(0);
  }

  /** Empty if absent. */
  String get(String attribute) {
    return ((Element) context).getAttribute(attribute);
  }

  /** Empty if absent. */
  String get(String namespace, String attribute) {
    return ((Element) context).getAttributeNS(namespace, attribute);
  }

  /** The child elements as {@code {namespace}name=text}. */
  List<String> children() {
    List<String> children = new ArrayList<>();
    for (Node n = context.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element e) {
        children.add(
            "{%s}%s=%s".formatted(e.getNamespaceURI(), e.getLocalName(), e.getTextContent()));
      }
    }
    return children;
  }

  String text() {
    return context.getTextContent();
  }
}
