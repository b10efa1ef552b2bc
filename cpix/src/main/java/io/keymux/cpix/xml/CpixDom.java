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
    return children(parent, CpixNames.CPIX, name);
  }

  /** Children with this name in this namespace, in order. */
  public static List<Element> children(Element parent, String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Element child : children(parent)) {
      if (namespace.equals(child.getNamespaceURI()) && name.equals(child.getLocalName())) {
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

  /**
   * The only child with this name in this namespace.
   *
   * @throws io.keymux.cpix.InvalidCpixException with code {@code cpix-repeated-element} if there
   *     are several
   */
  public static Optional<Element> child(Element parent, String namespace, String name) {
    List<Element> found = children(parent, namespace, name);
    if (found.size() > 1) {
      throw Place.of(found.get(1))
          .invalid(
              "cpix-repeated-element",
              "the element stands " + found.size() + " times, but may stand once.",
              "Remove the others.");
    }
    return found.stream().findFirst();
  }

  /**
   * The text of an element in base64, decoded. Where it is a secret, the caller overwrites it.
   *
   * @throws io.keymux.cpix.InvalidCpixException with code {@code cpix-invalid-base64} unless it is
   *     exact but for white space
   */
  public static byte[] base64(Element element) {
    return Lexical.base64(element.getTextContent(), Place.of(element));
  }

  /** An attribute that is there and not blank. */
  public static Optional<String> attribute(Element element, String name) {
    String value = element.getAttribute(name).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
