package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
  private static final FragmentReaders FRAGMENT_READERS = new FragmentReaders();

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
   *     {@code xml-too-large}, {@code xml-too-deep}, {@code xml-too-many-elements}, {@code
   *     xml-too-many-attributes} or {@code xml-name-too-long}
   */
  public static Document parse(byte[] xml, XmlLimits limits) {
    if (xml.length > limits.bytes()) {
      throw InvalidXmlException.tooLarge(xml.length, limits.bytes());
    }
    return build(HardenedFactories.reader(limits), new ByteArrayInputStream(xml), limits);
  }

  /**
   * Parses a document as {@link #parse(byte[], XmlLimits)} does, from a stream that may be longer
   * than the limit: never more than one byte beyond it is read. The stream is not closed.
   *
   * @throws IOException if {@code xml} cannot be read
   * @throws InvalidXmlException as {@link #parse(byte[], XmlLimits)}
   */
  public static Document parse(InputStream xml, XmlLimits limits) throws IOException {
    try {
      return build(HardenedFactories.reader(limits), new CappedInput(xml, limits.bytes()), limits);
    } catch (UncheckedIOException e) {
      throw e.getCause();
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
    byte[] xml = ("<fragment>" + fragment + "</fragment>").getBytes(UTF_8);
    if (xml.length > XmlLimits.DEFAULT.bytes()) {
      throw InvalidXmlException.tooLarge(xml.length, XmlLimits.DEFAULT.bytes());
    }
    FragmentReaders.Lent lent = FRAGMENT_READERS.take();
    Document document = build(lent.reader(), new ByteArrayInputStream(xml), XmlLimits.DEFAULT);
    FRAGMENT_READERS.giveBack(lent, xml.length);
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
    Document document = HardenedFactories.newDocument();
    document.setXmlStandalone(true); // Keeps standalone="no" out of the declaration.
    return document;
  }

  /**
   * Writes {@code document} as UTF-8 with an XML declaration, so that {@link #parse} gives an equal
   * tree. No whitespace is added. Declarations of namespaces that the tree lacks are; entities and
   * a DTD, which {@link #parse} never gives, are refused.
   *
   * @return the only copy of the text, which the caller may overwrite
   * @throws InvalidXmlException with code {@code xml-unwritable-text} if a text or an attribute
   *     holds a character that XML 1.0 has no way to carry, or a comment or processing instruction
   *     its own end
   */
  public static byte[] serialize(Document document) {
    return TreeWriter.write(document);
  }

  /** An XPath of {@code node} in the prefixes of its document: {@code /CPIX/ContentKeyList[2]}. */
  public static String path(Node node) {
    return XmlPath.of(node);
  }

  private static Document build(XMLReader reader, InputStream xml, XmlLimits limits) {
    XmlInspector inspector = new XmlInspector(limits);
    TreeBuilder builder = new TreeBuilder(inspector);
    try {
      builder.listenTo(reader);
      reader.parse(new InputSource(xml));
      return builder.document(reader);
    } catch (SAXException e) {
      throw refusal(String.valueOf(e.getMessage()), inspector, limits);
    } catch (IOException e) {
      // Not the stream's: the bytes are not in the encoding that they claim.
      throw InvalidXmlException.malformed(inspector.place());
    }
  }

  /** Tells the parser's complaints apart by what is the same in all of its languages. */
  private static InvalidXmlException refusal(
      String message, XmlInspector inspector, XmlLimits limits) {
    if (message.contains(HardenedFactories.DISALLOW_DOCTYPE)) {
      return InvalidXmlException.dtd(inspector.place());
    }
    if (message.startsWith(HardenedFactories.TOO_MANY_ATTRIBUTES)) {
      return InvalidXmlException.tooManyAttributes(inspector.place(), limits.attributes());
    }
    if (message.startsWith(HardenedFactories.NAME_TOO_LONG)) {
      return InvalidXmlException.nameTooLong(inspector.place(), limits.nameChars());
    }
    return InvalidXmlException.malformed(inspector.place());
  }
}
