package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Namespaces of trees that were put together node by node. */
class StartTagTest {
  private final Document document = SafeXml.newDocument();

  @Test
  void open_elementWithoutDeclaration_isDeclaredOnce() throws SAXException {
    Element root = root("urn:p", "p:a");
    root.appendChild(document.createElementNS("urn:p", "p:b"));
    assertWritten("<p:a xmlns:p=\"urn:p\"><p:b/></p:a>");
  }

  @Test
  void open_defaultNamespace_isDeclaredAndTakenBack() throws SAXException {
    Element root = root("urn:d", "a");
    root.appendChild(document.createElementNS(null, "b"))
        .appendChild(document.createElementNS("urn:d", "c"));
    assertWritten("<a xmlns=\"urn:d\"><b xmlns=\"\"><c xmlns=\"urn:d\"/></b></a>");
  }

  @Test
  void open_siblingAfterDeclaration_declaresAgain() throws SAXException {
    Element root = root(null, "a");
    root.appendChild(document.createElementNS("urn:p", "p:b"));
    root.appendChild(document.createElementNS("urn:p", "p:b"));
    assertWritten("<a><p:b xmlns:p=\"urn:p\"/><p:b xmlns:p=\"urn:p\"/></a>");
  }

  @Test
  void open_samePrefixForTwoNamespaces_isDeclaredAnew() throws SAXException {
    Element root = root("urn:1", "p:a");
    root.appendChild(document.createElementNS("urn:2", "p:b"));
    root.appendChild(document.createElementNS("urn:1", "p:c"));
    assertWritten("<p:a xmlns:p=\"urn:1\"><p:b xmlns:p=\"urn:2\"/><p:c/></p:a>");
  }

  @Test
  void open_wrongDeclaration_givesWayToTheElement() throws SAXException {
    Element root = root("urn:right", "p:a");
    root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:p", "urn:wrong");
    root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:q", "urn:q");
    byte[] written = SafeXml.serialize(document);
    assertThat(new String(written, UTF_8))
        .endsWith("?><p:a xmlns:p=\"urn:right\" xmlns:q=\"urn:q\"/>");
    assertThat(JdkXml.parse(written).getDocumentElement().getNamespaceURI()).isEqualTo("urn:right");
  }

  @Test
  void open_attributeWithoutDeclaration_isDeclared() throws SAXException {
    root(null, "a").setAttributeNS("urn:p", "p:x", "1");
    assertWritten("<a xmlns:p=\"urn:p\" p:x=\"1\"/>");
  }

  @Test
  void open_attributeWithoutPrefix_takesOneInScopeOrANewOne() throws SAXException {
    Element root = root("urn:p", "p:a");
    root.setAttributeNS("urn:p", "x", "1");
    root.setAttributeNS("urn:new", "y", "2");
    byte[] written = SafeXml.serialize(document);
    assertThat(new String(written, UTF_8))
        .endsWith("?><p:a xmlns:p=\"urn:p\" p:x=\"1\" xmlns:ns0=\"urn:new\" ns0:y=\"2\"/>");
    Element read = JdkXml.parse(written).getDocumentElement();
    assertThat(read.getAttributeNS("urn:new", "y")).isEqualTo("2");
  }

  @Test
  void open_attributeWithThePrefixOfItsElement_doesNotMoveTheElement() throws SAXException {
    Element root = root("urn:1", "p:a");
    root.setAttributeNS("urn:2", "p:x", "1");
    Element read = JdkXml.parse(SafeXml.serialize(document)).getDocumentElement();
    assertThat(read.getNamespaceURI()).isEqualTo("urn:1");
    assertThat(read.getAttributeNS("urn:2", "x")).isEqualTo("1");
  }

  @Test
  void open_attributeInTheDefaultNamespace_getsAPrefix() throws SAXException {
    Element root = root("urn:d", "a");
    root.setAttributeNS("urn:d", "x", "1");
    Element read = JdkXml.parse(SafeXml.serialize(document)).getDocumentElement();
    assertThat(read.getAttributeNS("urn:d", "x")).isEqualTo("1");
  }

  @Test
  void open_xmlAttribute_needsNoDeclaration() throws SAXException {
    root(null, "a").setAttributeNS(XMLConstants.XML_NS_URI, "xml:lang", "en");
    assertWritten("<a xml:lang=\"en\"/>");
  }

  private Element root(@Nullable String uri, String name) {
    return (Element) document.appendChild(document.createElementNS(uri, name));
  }

  /** Writes, and reads back to the names and namespaces of the tree. */
  private void assertWritten(String expected) throws SAXException {
    byte[] written = SafeXml.serialize(document);
    assertThat(new String(written, UTF_8))
        .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + expected);
    assertThat(JdkXml.parse(JdkXml.serialize(document)).isEqualNode(JdkXml.parse(written)))
        .isTrue();
  }
}
