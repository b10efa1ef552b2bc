package io.keymux.cpix.xml;

import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The JDK's XML parser with every switch set that keeps a document from reaching out, and its
 * trees.
 *
 * <p>The factory is kept: it tries each switch on a parser of its own, which costs more than a
 * small document. Access is one thread at a time, since factories promise nothing else.
 */
final class HardenedFactories {
  static final String DISALLOW_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  /** What the parser's messages start with, in each of its languages. */
  static final String TOO_MANY_ATTRIBUTES = "JAXP00010002";

  static final String NAME_TOO_LONG = "JAXP00010005";
  private static final String LIMIT = "http://www.oracle.com/xml/jaxp/properties/";

  private static final SAXParserFactory STREAMS = streams();
  private static final DOMImplementation TREES = trees();

  private HardenedFactories() {}

  /**
   * A reader that also tells namespace declarations as attributes. It stops at names and numbers of
   * attributes over the limits itself, before it has them all.
   */
  static XMLReader reader(XmlLimits limits) {
    try {
      XMLReader reader = parser().getXMLReader();
      reader.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      reader.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      reader.setProperty(LIMIT + "elementAttributeLimit", String.valueOf(limits.attributes()));
      reader.setProperty(LIMIT + "maxXMLNameLimit", String.valueOf(limits.nameChars()));
      return reader;
    } catch (SAXException e) {
      throw lacking(e);
    }
  }

  static Document newDocument() {
    return TREES.createDocument(null, null, null);
  }

  private static synchronized SAXParser parser() throws SAXException {
    try {
      return STREAMS.newSAXParser();
    } catch (ParserConfigurationException e) {
      throw lacking(e);
    }
  }

  private static SAXParserFactory streams() {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(DISALLOW_DOCTYPE, true);
      factory.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
      for (String feature :
          List.of(
              "http://xml.org/sax/features/external-general-entities",
              "http://xml.org/sax/features/external-parameter-entities",
              "http://apache.org/xml/features/nonvalidating/load-external-dtd")) {
        factory.setFeature(feature, false);
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw lacking(e);
    }
    return factory;
  }

  /** One for all threads: it has no state. */
  private static DOMImplementation trees() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation();
    } catch (ParserConfigurationException e) {
      throw lacking(e);
    }
  }

  static IllegalStateException lacking(Exception e) {
    return new IllegalStateException("the JDK's XML parser lacks a hardening switch", e);
  }
}
