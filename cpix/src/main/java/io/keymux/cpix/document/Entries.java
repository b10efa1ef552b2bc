package io.keymux.cpix.document;

import io.keymux.cpix.xml.CpixDom;
import java.util.List;
import org.w3c.dom.Element;

/** Moves and removes elements inside a document. */
final class Entries {
  private Entries() {}

  static void remove(Element element) {
    element.getParentNode().removeChild(element);
  }

  static Element data(Element contentKey) {
    return CpixDom.children(contentKey, "Data").get(0);
  }

  static void removeData(Element contentKey) {
    CpixDom.children(contentKey, "Data").forEach(Entries::remove);
  }

  /** To where the schema wants it: behind HDCPData, before what is left of PSKC. */
  static void moveData(Element contentKey, Element data) {
    List<Element> children = CpixDom.children(contentKey);
    Element before =
        children.stream()
            .filter(child -> !"HDCPData".equals(child.getLocalName()))
            .findFirst()
            .orElse(data);
    if (before != data) {
      contentKey.insertBefore(data, before);
    }
  }
}
