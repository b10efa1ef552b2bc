package io.keymux.cpix.xml;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Places in a document, for messages. */
final class XmlPath {
  private XmlPath() {}

  static String of(Node node) {
    StringBuilder path = new StringBuilder();
    for (Node at = node; at instanceof Element; at = at.getParentNode()) {
      path.insert(0, "/" + at.getNodeName() + position(at));
    }
    return path.toString();
  }

  private static String position(Node node) {
    int before = namesakes(node, Node::getPreviousSibling);
    return before == 0 && namesakes(node, Node::getNextSibling) == 0
        ? ""
        : "[" + (before + 1) + "]";
  }

  private interface Step {
    @Nullable Node from(Node node);
  }

  private static int namesakes(Node node, Step step) {
    int count = 0;
    for (Node at = step.from(node); at != null; at = step.from(at)) {
      if (at instanceof Element && at.getNodeName().equals(node.getNodeName())) {
        count++;
      }
    }
    return count;
  }
}
