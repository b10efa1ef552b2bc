package io.keymux.cpix.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Streams over a document before a tree is built from it, and stops at the first thing that is over
 * the limits. A tree of 100 000 nested elements would end in a stack overflow elsewhere.
 */
final class XmlInspector extends DefaultHandler2 {
  private final XmlLimits limits;
  private final Deque<String> open = new ArrayDeque<>();
  private int elements;
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

  @Override
  public void setDocumentLocator(Locator documentLocator) {
    this.locator = documentLocator;
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    if (open.size() == limits.depth()) {
      throw InvalidXmlException.tooDeep(place(), limits.depth());
    }
    if (++elements > limits.elements()) {
      throw InvalidXmlException.tooManyElements(place(), limits.elements());
    }
    open.push(qName);
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    open.pop();
  }

  @Override
  public void startDTD(String name, @Nullable String publicId, @Nullable String systemId) {
    throw InvalidXmlException.dtd(place());
  }

  @Override
  public InputSource resolveEntity(
      @Nullable String name,
      @Nullable String publicId,
      @Nullable String baseUri,
      @Nullable String systemId) {
    throw InvalidXmlException.dtd(place());
  }

  @Override
  public void error(SAXParseException e) throws SAXException {
    throw e;
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXException {
    throw e;
  }
}
