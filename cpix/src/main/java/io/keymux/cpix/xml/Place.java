package io.keymux.cpix.xml;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.InvalidCpixException;
import org.w3c.dom.Node;

/**
 * Where something stands in its document. The XPath is worked out only when it is printed.
 *
 * @param suffix {@code /@kid} for an attribute, else empty
 */
record Place(Node node, String suffix) {

  static Place of(Node node) {
    return new Place(node, "");
  }

  Place attribute(String name) {
    return new Place(node, "/@" + name);
  }

  InvalidCpixException invalid(String code, String problem, String remedy) {
    return new InvalidCpixException(code, this + ": " + problem, remedy);
  }

  DrmException unsupported(String code, String problem, String remedy) {
    return new DrmException(DrmException.Blame.UNSUPPORTED, code, this + ": " + problem, remedy);
  }

  @Override
  public String toString() {
    return XmlPath.of(node) + suffix;
  }
}
