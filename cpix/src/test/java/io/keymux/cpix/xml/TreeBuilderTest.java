package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The tree is that of the JDK's {@code DocumentBuilder}, and so is what it can do. */
class TreeBuilderTest {

  @ParameterizedTest
  @MethodSource("vectors")
  void parse_thirdPartyDocument_isTheTreeOfTheJdk(String name) {
    assertSame(Resources.vector(name));
  }

  @Test
  void parse_generatedDocument_isTheTreeOfTheJdk() {
    List<Integer> sizes = new ArrayList<>();
    GeneratedXml.documents(1000)
        .forEach(
            xml -> {
              assertSame(xml);
              sizes.add(SafeXml.parse(xml).getElementsByTagName("*").getLength());
            });
    assertThat(sizes).anyMatch(size -> size > 30).allMatch(size -> size > 0);
  }

  private static void assertSame(byte[] xml) {
    Document expected;
    try {
      expected = JdkXml.parse(xml);
    } catch (SAXException e) {
      assertThatThrownBy(() -> SafeXml.parse(xml)).isInstanceOf(InvalidXmlException.class);
      return;
    }
    Document actual = SafeXml.parse(xml);
    assertThat(actual.isEqualNode(expected)).isTrue();
    assertThat(description(actual)).isEqualTo(description(expected));
    assertThat(JdkXml.canonicalDigest(actual)).isEqualTo(JdkXml.canonicalDigest(expected));
    assertThat(description(copy(actual))).isEqualTo(description(copy(expected)));
  }

  private static Document copy(Document document) {
    Document copy = SafeXml.newDocument();
    copy.appendChild(copy.importNode(document.getDocumentElement(), true));
    return copy;
  }

  /** All that the tree tells of each node, beyond what {@code isEqualNode} compares. */
  private static List<String> description(Document document) {
    List<String> nodes = new ArrayList<>();
    nodes.add(document.getXmlVersion() + " " + document.getXmlStandalone());
    describe(document.getFirstChild(), nodes);
    return nodes;
  }

  private static void describe(Node first, List<String> nodes) {
    for (Node node = first; node != null; node = node.getNextSibling()) {
      nodes.add(
          "%d %s %s %s %s %s %s %s %s"
              .formatted(
                  node.getNodeType(),
                  node.getNodeName(),
                  node.getPrefix(),
                  node.getLocalName(),
                  node.getNamespaceURI(),
                  node.getNodeValue(),
                  node.lookupNamespaceURI("p") + node.lookupNamespaceURI(null),
                  node.lookupPrefix("urn:p") + node.lookupPrefix("urn:cpix"),
                  node.isDefaultNamespace("urn:d")));
      if (node instanceof Element element) {
        attributes(element, nodes);
        describe(element.getFirstChild(), nodes);
      }
    }
  }

  private static void attributes(Element element, List<String> nodes) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      nodes.add(
          "@%s %s %s %s %s %s"
              .formatted(
                  attribute.getNodeName(),
                  attribute.getPrefix(),
                  attribute.getLocalName(),
                  attribute.getNamespaceURI(),
                  attribute.getNodeValue(),
                  element.getAttributeNode(attribute.getNodeName()).getSpecified()));
    }
  }

  @Test
  void parse_attributeMadeAnId_isFound() {
    Document document = SafeXml.parse("<a><b id='x'/></a>".getBytes(UTF_8));
    assertThat(document.getElementById("x")).isNull();
    Element element = (Element) document.getDocumentElement().getFirstChild();
    element.setIdAttribute("id", true);
    assertThat(document.getElementById("x")).isSameAs(element);
  }

  static Stream<String> vectors() {
    Path folder = Resources.vectors();
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files
              .map(file -> folder.relativize(file).toString())
              .filter(name -> name.endsWith(".xml") || name.endsWith(".xsd"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(50);
      return names.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
