package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What is written parses back to the same tree, and is what the JDK's identity transform writes.
 */
class TreeWriterTest {

  @ParameterizedTest
  @MethodSource("io.keymux.cpix.xml.TreeBuilderTest#vectors")
  void serialize_thirdPartyDocument_isByteForByteWhatTheJdkWrites(String name) throws SAXException {
    Document document;
    try {
      document = SafeXml.parse(Resources.vector(name));
    } catch (InvalidXmlException e) {
      return;
    }
    assertThat(new String(SafeXml.serialize(document), UTF_8))
        .isEqualTo(new String(JdkXml.serialize(document), UTF_8));
  }

  @Test
  void serialize_generatedDocument_parsesBackToTheSameTree() {
    GeneratedXml.documents(1000)
        .map(SafeXml::parse)
        .forEach(
            document ->
                assertThat(parsed(SafeXml.serialize(document)).isEqualNode(document)).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "<a/>, <?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><a/>",
    "<?xml version='1.0' standalone='yes'?><a/>, <?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>",
    "<?xml version='1.1'?><a/>, <?xml version=\"1.1\" encoding=\"UTF-8\" standalone=\"no\"?><a/>",
  })
  void serialize_declaration_keepsVersionAndStandalone(String xml, String expected) {
    assertThat(written(SafeXml.parse(xml.getBytes(UTF_8)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a]]>b      | <![CDATA[a]]]]><![CDATA[>b]]>",
        "]]>]]>     | <![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>",
        "a\\rb      | <![CDATA[a]]>&#13;<![CDATA[b]]>",
        "<&>\"      | <![CDATA[<&>\"]]>"
      })
  void serialize_cdata_isSplitWhereItMust(String text, String expected) {
    Document document = withRoot();
    String real = text.replace("\\r", "\r");
    document.getDocumentElement().appendChild(document.createCDATASection(real));
    assertThat(written(document)).endsWith("<a>" + expected + "</a>");
    assertThat(parsed(SafeXml.serialize(document)).getDocumentElement().getTextContent())
        .isEqualTo(real);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", "a-", "\r", "\u0001", "\ud800"})
  void serialize_commentThatCannotBe_isRefused(String text) {
    Document document = withRoot();
    document.getDocumentElement().appendChild(document.createComment(text));
    assertUnwritable(document, "/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?>", "\r", "\u0001"})
  void serialize_instructionThatCannotBe_isRefused(String text) {
    Document document = withRoot();
    document.appendChild(document.createProcessingInstruction("p", text));
    assertUnwritable(document, "/");
  }

  @Test
  void serialize_entity_isRefused() {
    Document document = withRoot();
    document.getDocumentElement().appendChild(document.createEntityReference("e"));
    assertUnwritable(document, "/a");
  }

  @Test
  void serialize_prefixWithoutNamespace_isRefused() {
    Document document = withRoot();
    document.getDocumentElement().setAttribute("xmlns:p", "");
    assertUnwritable(document, "/a/@xmlns:p");
  }

  @Test
  void serialize_hundredThousandDeep_needsNoStack() {
    Document document = withRoot();
    document.setStrictErrorChecking(false); // Else each node looks for itself in all above it.
    Element at = document.getDocumentElement();
    for (int i = 1; i < 100_000; i++) {
      at = (Element) at.appendChild(document.createElement("a"));
    }
    assertThat(written(document)).endsWith("</a>".repeat(99_999)).contains("<a/>");
  }

  private static Document withRoot() {
    Document document = SafeXml.newDocument();
    document.appendChild(document.createElement("a"));
    return document;
  }

  private static String written(Document document) {
    return new String(SafeXml.serialize(document), UTF_8);
  }

  private static Document parsed(byte[] xml) {
    try {
      return JdkXml.parse(xml);
    } catch (SAXException e) {
      throw new AssertionError(new String(xml, UTF_8), e);
    }
  }

  private static void assertUnwritable(Document document, String place) {
    assertThatThrownBy(() -> SafeXml.serialize(document))
        .asInstanceOf(type(InvalidXmlException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo("xml-unwritable-text"))
        .satisfies(e -> assertThat(e.problem()).contains("at " + place + " "));
  }
}
