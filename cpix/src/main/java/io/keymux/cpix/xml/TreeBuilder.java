package io.keymux.cpix.xml;

import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Builds the tree of a document while it is read, node by node as the JDK's {@code DocumentBuilder}
 * would, and asks the inspector before each of them.
 */
final class TreeBuilder extends DefaultHandler2 {
  private static final String LEXICAL_HANDLER = "http://xml.org/sax/properties/lexical-handler";
  private static final DefaultHandler2 NOBODY = new DefaultHandler2();

  private final XmlInspector inspector;
  private final Document document = HardenedFactories.newDocument();
  private final StringBuilder moreText = new StringBuilder();
  private Node current = document;

  /** Text that no node has yet: it may come in pieces, of which {@code moreText} has the later. */
  private @Nullable String text;

  private boolean inCdata;

  TreeBuilder(XmlInspector inspector) {
    this.inspector = inspector;
    // The reader has checked names and characters; so does the JDK's own builder.
    document.setStrictErrorChecking(false);
  }

  void listenTo(XMLReader reader) {
    listen(reader, this);
  }

  /** Keeps {@code reader} from holding on to the last tree. */
  static void forget(XMLReader reader) {
    listen(reader, NOBODY);
  }

  private static void listen(XMLReader reader, DefaultHandler2 handler) {
    reader.setContentHandler(handler);
    reader.setErrorHandler(handler);
    reader.setEntityResolver(handler);
    try {
      reader.setProperty(LEXICAL_HANDLER, handler);
    } catch (SAXException e) {
      throw HardenedFactories.lacking(e);
    }
  }

  /**
   * The tree, once {@code reader} has come to the end.
   *
   * @throws SAXException if the reader cannot tell what the XML declaration says
   */
  Document document(XMLReader reader) throws SAXException {
    document.setStrictErrorChecking(true);
    document.setXmlStandalone(reader.getFeature("http://xml.org/sax/features/is-standalone"));
    Object version = reader.getProperty("http://xml.org/sax/properties/document-xml-version");
    document.setXmlVersion("1.1".equals(version) ? "1.1" : "1.0");
    return document;
  }

  @Override
  public void setDocumentLocator(Locator documentLocator) {
    inspector.setDocumentLocator(documentLocator);
  }

  @Override
  public void startPrefixMapping(String prefix, String uri) {
    inspector.startNamespace();
  }

  @Override
  public void endPrefixMapping(String prefix) {
    inspector.endNamespace();
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    inspector.startElement(qName, attributes);
    flushText();
    Element element = document.createElementNS(namespace(uri), qName);
    for (int i = 0; i < attributes.getLength(); i++) {
      String name = attributes.getQName(i);
      String attributeUri =
          XmlNames.isDeclaration(name)
              ? XMLConstants.XMLNS_ATTRIBUTE_NS_URI
              : namespace(attributes.getURI(i));
      Attr attribute = document.createAttributeNS(attributeUri, name);
      attribute.setValue(attributes.getValue(i));
      element.setAttributeNode(attribute);
    }
    current.appendChild(element);
    current = element;
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    flushText();
    current = current.getParentNode();
    inspector.endElement();
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (text == null) {
      text = new String(characters, start, length);
    } else {
      moreText.append(characters, start, length);
    }
  }

  @Override
  public void startCDATA() {
    flushText();
    inCdata = true;
  }

  @Override
  public void endCDATA() {
    text = text == null ? "" : text;
    flushText();
    inCdata = false;
  }

  @Override
  public void comment(char[] characters, int start, int length) {
    flushText();
    current.appendChild(document.createComment(new String(characters, start, length)));
  }

  @Override
  public void processingInstruction(String target, @Nullable String data) {
    flushText();
    current.appendChild(document.createProcessingInstruction(target, data == null ? "" : data));
  }

  @Override
  public void startDTD(String name, @Nullable String publicId, @Nullable String systemId) {
    throw InvalidXmlException.dtd(inspector.place());
  }

  @Override
  public InputSource resolveEntity(
      @Nullable String name,
      @Nullable String publicId,
      @Nullable String baseUri,
      @Nullable String systemId) {
    throw InvalidXmlException.dtd(inspector.place());
  }

  @Override
  public void error(SAXParseException e) throws SAXException {
    throw e;
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXException {
    throw e;
  }

  private void flushText() {
    if (text == null) {
      return;
    }
    String whole = text;
    if (moreText.length() > 0) {
      whole = moreText.insert(0, text).toString();
      moreText.setLength(0);
    }
    text = null;
    current.appendChild(
        inCdata ? document.createCDATASection(whole) : document.createTextNode(whole));
  }

  private static @Nullable String namespace(String uri) {
    return uri.isEmpty() ? null : uri;
  }
}
