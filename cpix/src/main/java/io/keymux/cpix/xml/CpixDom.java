package io.keymux.cpix.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Looks into the elements of a CPIX document as it stands, with whatever else is in it. */
public final class CpixDom {
  private CpixDom() {}

  /** Children with this name in the namespace of CPIX, in order. */
  public static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Element child : children(parent)) {
      if (CpixNames.CPIX.equals(child.getNamespaceURI()) && name.equals(child.getLocalName())) {
        found.add(child);
      }
    }
    return found;
  }

  public static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  /** The entries of the lists with this name, {@code ContentKeyList} and so on. */
  public static List<Element> entries(Element root, String list, String entry) {
    return children(root, list).stream()
        .flatMap(element -> children(element, entry).stream())
        .toList();
  }

  /** An attribute that is there and not blank. */
  public static Optional<String> attribute(Element element, String name) {
    String value = element.getAttribute(name).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
