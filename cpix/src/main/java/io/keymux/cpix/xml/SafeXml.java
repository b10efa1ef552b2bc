package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The only way to parse or serialize XML: no DTD, no entities beyond the five of XML, no XInclude,
 * no file or network access, bounded size, depth and count.
 *
 * <p>It uses the JDK's own parser whatever else is on the class path, since the hardening switches
 * of others differ. Safe for use by several threads.
 */
public final class SafeXml {
  private SafeXml() {}

  /** {@link #parse(byte[], XmlLimits)} with {@link XmlLimits#DEFAULT}. */
  public static Document parse(byte[] xml) {
    return parse(xml, XmlLimits.DEFAULT);
  }

  /**
   * Parses a document, namespace-aware, with comments and CDATA sections kept.
   *
   * @param xml encoded as its byte order mark or XML declaration says, else UTF-8
   * @throws InvalidXmlException with code {@code xml-not-well-formed}, {@code xml-dtd-refused},
   *     {@code xml-too-large}, {@code xml-too-deep} or {@code xml-too-many-elements}
   */
  public static Document parse(byte[] xml, XmlLimits limits) {
    if (xml.length > limits.bytes()) {
      throw InvalidXmlException.tooLarge(xml.length, limits.bytes());
    }
    XmlInspector inspector = new XmlInspector(limits);
    try {
      XMLReader reader = HardenedFactories.reader();
      reader.setContentHandler(inspector);
      reader.setErrorHandler(inspector);
      reader.setEntityResolver(inspector);
      reader.setProperty("http://xml.org/sax/properties/lexical-handler", inspector);
      reader.parse(source(xml));
      DocumentBuilder builder = HardenedFactories.documentBuilder();
      builder.setErrorHandler(inspector);
      builder.setEntityResolver(inspector);
      return builder.parse(source(xml));
    } catch (SAXException e) {
      if (String.valueOf(e.getMessage()).contains(HardenedFactories.DISALLOW_DOCTYPE)) {
        throw InvalidXmlException.dtd(inspector.place());
      }
      throw InvalidXmlException.malformed(inspector.place());
    } catch (IOException e) {
      // There is no I/O: the bytes are not in the encoding they claim.
      throw InvalidXmlException.malformed(inspector.place());
    }
  }

  /**
   * Parses what may stand inside an element: any number of elements, such as the content of {@code
   * ContentProtectionData}.
   *
   * @return the elements at the top, without the text between them
   * @throws InvalidXmlException as {@link #parse(byte[])}; also if a prefix is not declared in the
   *     fragment itself
   */
  public static List<Element> parseFragment(String fragment) {
    Document document = parse(("<fragment>" + fragment + "</fragment>").getBytes(UTF_8));
    List<Element> elements = new ArrayList<>();
    Node child = document.getDocumentElement().getFirstChild();
    for (; child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  public static Document newDocument() {
    Document document = HardenedFactories.documentBuilder().newDocument();
    document.setXmlStandalone(true); // Keeps standalone="no" out of the declaration.
    return document;
  }

  /**
   * Writes {@code document} as UTF-8 with an XML declaration. No whitespace is added.
   *
   * @throws InvalidXmlException with code {@code xml-unwritable-text} if a text or an attribute
   *     holds a character that XML 1.0 has no way to carry
   */
  public static byte[] serialize(Document document) {
    requireWritable(document.getDocumentElement());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Transformer transformer = HardenedFactories.transformer();
      transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      transformer.setOutputProperty(OutputKeys.INDENT, "no");
      transformer.transform(new DOMSource(document), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalStateException("an identity transform of a checked tree failed", e);
    }
    return out.toByteArray();
  }

  /** An XPath of {@code node} in the prefixes of its document: {@code /CPIX/ContentKeyList[2]}. */
  public static String path(Node node) {
    return XmlPath.of(node);
  }

  private static void requireWritable(Element element) {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      if (!isXml(attribute.getNodeValue())) {
        throw InvalidXmlException.unwritable(path(element) + "/@" + attribute.getNodeName());
      }
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element nested) {
        requireWritable(nested);
      } else if (!isXml(child.getNodeValue())) {
        throw InvalidXmlException.unwritable(path(element));
      }
    }
  }

  /**
   * @see "XML 1.0, production 2 Char"
   */
  private static boolean isXml(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c <= 0xd7ff)
                    || (c >= 0xe000 && c <= 0xfffd)
                    || c >= 0x10000);
  }

  private static InputSource source(byte[] xml) {
    return new InputSource(new ByteArrayInputStream(xml));
  }
}
