package io.keymux.cpix.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;

/**
 * Looks at each element before anything is built from it, and stops at the first thing that is over
 * the limits. A tree of 100 000 nested elements would end in a stack overflow elsewhere.
 */
final class XmlInspector {
  private final XmlLimits limits;
  private final Deque<String> open = new ArrayDeque<>();
  private int elements;
  private int namespaces;
  private @Nullable Locator locator;

  XmlInspector(XmlLimits limits) {
    this.limits = limits;
  }

  /** Line, column and the elements that are open: {@code line 3, column 17 in /CPIX}. */
  String place() {
    StringBuilder place = new StringBuilder();
    if (locator != null && locator.getLineNumber() > 0) {
      place.append("line ").append(locator.getLineNumber());
      place.append(", column ").append(locator.getColumnNumber());
    } else {
      place.append("its start");
    }
    if (!open.isEmpty()) {
      place.append(" in /").append(String.join("/", (Iterable<String>) open::descendingIterator));
    }
    return place.toString();
  }

  void setDocumentLocator(Locator documentLocator) {
    this.locator = documentLocator;
  }

  /** Prefixes are looked up one by one, so that many of them cost their number squared. */
  void startNamespace() {
    namespaces++;
  }

  void endNamespace() {
    namespaces--;
  }

  /**
   * @throws InvalidXmlException if the element is beyond a limit, or has a name with nothing before
   *     its colon, which the JDK's parser lets pass and its trees cannot hold
   */
  void startElement(String name, Attributes attributes) {
    if (open.size() == limits.depth()) {
      throw InvalidXmlException.tooDeep(place(), limits.depth());
    }
    if (++elements > limits.elements()) {
      throw InvalidXmlException.tooManyElements(place(), limits.elements());
    }
    if (attributes.getLength() > limits.attributes() || namespaces > limits.attributes()) {
      throw InvalidXmlException.tooManyAttributes(place(), limits.attributes());
    }
    requirePrefix(name);
    for (int i = 0; i < attributes.getLength(); i++) {
      requirePrefix(attributes.getQName(i));
    }
    open.push(name);
  }

  void endElement() {
    open.pop();
  }

  private void requirePrefix(String name) {
    if (name.charAt(0) == ':') {
      throw InvalidXmlException.malformed(place());
    }
  }
}
