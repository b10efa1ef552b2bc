package io.keymux.cpix.xml;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Writes a tree node by node, in a loop: depth costs no stack. */
final class TreeWriter {
  private final Document document;
  private final boolean xml11;
  private final XmlOutput out;
  private final StartTag startTag;
  private boolean inStartTag;

  private TreeWriter(Document document) {
    this.document = document;
    this.xml11 = "1.1".equals(document.getXmlVersion());
    this.out = new XmlOutput(xml11);
    this.startTag = new StartTag(out);
  }

  static byte[] write(Document document) {
    TreeWriter writer = new TreeWriter(document);
    try {
      writer.declaration();
      writer.content();
      return writer.out.take();
    } finally {
      writer.out.wipe();
    }
  }

  private void declaration() {
    out.markup("<?xml version=\"" + (xml11 ? "1.1" : "1.0") + "\" encoding=\"UTF-8\"");
    out.markup(document.getXmlStandalone() ? "?>" : " standalone=\"no\"?>");
  }

  private void content() {
    Node node = document.getFirstChild();
    while (node != null) {
      write(node);
      Node child = node.getFirstChild();
      if (child != null) {
        node = child;
        continue;
      }
      end(node);
      while (node.getNextSibling() == null && node.getParentNode() != document) {
        node = node.getParentNode();
        end(node);
      }
      node = node.getNextSibling();
    }
  }

  private void write(Node node) {
    String value = node.getNodeValue();
    if (node.getNodeType() == Node.TEXT_NODE && value.isEmpty()) {
      return; // Else it would keep its element from being written as an empty one.
    }
    endStartTag(">");
    switch (node.getNodeType()) {
      case Node.ELEMENT_NODE -> {
        startTag.open((Element) node);
        inStartTag = true;
      }
      case Node.TEXT_NODE -> require(out.text(value), node);
      case Node.CDATA_SECTION_NODE -> require(out.cdata(value), node);
      case Node.COMMENT_NODE -> comment(node);
      case Node.PROCESSING_INSTRUCTION_NODE -> instruction(node);
      default -> throw InvalidXmlException.unwritable(place(node)); // An entity: there is no DTD.
    }
  }

  private void end(Node node) {
    if (!(node instanceof Element)) {
      return;
    }
    if (inStartTag) {
      endStartTag("/>");
    } else {
      out.markup("</");
      require(out.verbatim(node.getNodeName()), node);
      out.markup(">");
    }
    startTag.close();
  }

  private void endStartTag(String end) {
    if (inStartTag) {
      out.markup(end);
      inStartTag = false;
    }
  }

  private void comment(Node node) {
    String text = node.getNodeValue();
    require(!text.contains("--") && !text.endsWith("-"), node);
    out.markup("<!--");
    require(out.verbatim(text), node);
    out.markup("-->");
  }

  private void instruction(Node node) {
    String data = node.getNodeValue();
    require(!data.contains("?>"), node);
    out.markup("<?");
    require(out.verbatim(node.getNodeName()), node);
    out.markup(data.isEmpty() ? "" : " ");
    require(out.verbatim(data), node);
    out.markup("?>");
  }

  private static void require(boolean writable, Node node) {
    if (!writable) {
      throw InvalidXmlException.unwritable(place(node));
    }
  }

  /** The element that a text stands in; the document itself has an empty path. */
  private static String place(Node node) {
    Node parent = node.getParentNode();
    return parent instanceof Element ? XmlPath.of(parent) : "/";
  }
}
