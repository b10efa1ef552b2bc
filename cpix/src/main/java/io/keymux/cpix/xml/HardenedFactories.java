package io.keymux.cpix.xml;

import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The JDK's XML factories with every switch set that keeps a document from reaching out.
 *
 * <p>They are kept: a factory tries each switch on a parser of its own, which costs more than a
 * small document. Access is one thread at a time, since factories promise nothing else.
 */
final class HardenedFactories {
  static final String DISALLOW_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final List<String> SWITCHED_OFF =
      List.of(
          "http://xml.org/sax/features/external-general-entities",
          "http://xml.org/sax/features/external-parameter-entities",
          "http://apache.org/xml/features/nonvalidating/load-external-dtd");

  private static final SAXParserFactory STREAMS = streams();
  private static final DocumentBuilderFactory TREES = trees();
  private static final TransformerFactory OUTPUTS = outputs();

  private HardenedFactories() {}

  static synchronized XMLReader reader() throws SAXException {
    try {
      return STREAMS.newSAXParser().getXMLReader();
    } catch (ParserConfigurationException e) {
      throw lacking(e);
    }
  }

  static synchronized DocumentBuilder documentBuilder() {
    try {
      return TREES.newDocumentBuilder();
    } catch (ParserConfigurationException e) {
      throw lacking(e);
    }
  }

  static synchronized Transformer transformer() throws TransformerException {
    return OUTPUTS.newTransformer();
  }

  private static SAXParserFactory streams() {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(DISALLOW_DOCTYPE, true);
      for (String feature : SWITCHED_OFF) {
        factory.setFeature(feature, false);
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw lacking(e);
    }
    return factory;
  }

  private static DocumentBuilderFactory trees() {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(DISALLOW_DOCTYPE, true);
      for (String feature : SWITCHED_OFF) {
        factory.setFeature(feature, false);
      }
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    } catch (ParserConfigurationException e) {
      throw lacking(e);
    }
    return factory;
  }

  private static TransformerFactory outputs() {
    TransformerFactory factory = TransformerFactory.newDefaultInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    } catch (TransformerException e) {
      throw lacking(e);
    }
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
    return factory;
  }

  private static IllegalStateException lacking(Exception e) {
    return new IllegalStateException("the JDK's XML parser lacks a hardening switch", e);
  }
}
