package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SafeXmlTest {

  @Test
  void parse_hundredThousandNestedElements_isRefusedWithin200Millis() {
    byte[] xml = ("<a>".repeat(100_000) + "</a>".repeat(100_000)).getBytes(UTF_8);
    assertThat(fastestMillis(() -> assertRefused(xml, "xml-too-deep", "64 deep at line 1")))
        .isLessThan(200);
  }

  @Test
  void parse_limits_areInclusive() {
    XmlLimits limits = new XmlLimits(22, 3, 4, 1, 1);
    assertThatCode(() -> SafeXml.parse(utf8("<a><b><c/></b><d/></a>"), limits))
        .doesNotThrowAnyException();
    assertRefused("<a><b><c/></b><dd/></a>", limits, "xml-too-large");
    assertRefused("<a><b><c><d/></c></b>", limits, "xml-too-deep");
    assertRefused("<a><b/><c/><d/><e/>", limits, "xml-too-many-elements");
  }

  @Test
  void parse_defaultLimits_areOneMebibyteAndTenThousandElements() {
    String fits = "<a>" + "x".repeat((1 << 20) - 7) + "</a>";
    assertThat(SafeXml.parse(utf8(fits)).getDocumentElement().getTextContent())
        .hasSize((1 << 20) - 7);
    assertRefused(utf8(fits + " "), "xml-too-large", "1048577 bytes");
    assertRefused(utf8("<a>" + "<b/>".repeat(10_000) + "</a>"), "xml-too-many-elements", "10000");
    assertThatCode(() -> SafeXml.parse(utf8("<a>" + "<b/>".repeat(9_999) + "</a>")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "<",
        "<a",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a b='1' b='2'/>",
        "<:a/>",
        "<a:/>",
        "<a :b='1'/>",
        "<p:a:b xmlns:p='u'/>",
        "<p:a/>",
        "<a p:b='1'/>",
        "<a xmlns:p=''/>",
        "<xmlns:a/>",
        "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>"
      })
  void parse_notWellFormed_isTyped(String xml) {
    assertRefused(utf8(xml), "xml-not-well-formed", "");
  }

  @Test
  void parse_brokenBytes_isTyped() {
    assertRefused(new byte[] {'<', 'a', '>', (byte) 0xff, '<'}, "xml-not-well-formed", "");
    assertRefused(new byte[] {(byte) 0xfe, (byte) 0xff, 0}, "xml-not-well-formed", "");
    assertRefused(new byte[] {0, 0, (byte) 0xfe, (byte) 0xff}, "xml-not-well-formed", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ja", "zh-CN"})
  void parse_doctype_isToldApartInEveryLanguageOfTheParser(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertRefused(utf8("<!DOCTYPE a><a/>"), "xml-dtd-refused", "line 1");
      assertRefused(utf8("<a>&b;</a>"), "xml-not-well-formed", "in /a");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void parse_externalReferences_readNeitherFileNorNetwork(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.dtd"), "<!ENTITY x 'leak'>");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(100);
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      for (String target : new String[] {url, secret.toUri().toString()}) {
        for (String doctype :
            new String[] {
              "<!DOCTYPE a SYSTEM '%s'>",
              "<!DOCTYPE a PUBLIC 'p' '%s'>",
              "<!DOCTYPE a [<!ENTITY x SYSTEM '%s'>]>",
              "<!DOCTYPE a [<!ENTITY %% p SYSTEM '%s'> %%p;]>"
            }) {
          assertRefused(
              utf8(doctype.formatted(target) + "<a>&x;</a>"), "xml-dtd-refused", "line 1");
        }
        String harmless =
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'"
                + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                + " xsi:noNamespaceSchemaLocation='"
                + target
                + "'><xi:include href='"
                + target
                + "'/></a>";
        assertThat(SafeXml.parse(utf8(harmless)).getDocumentElement().getTextContent()).isEmpty();
      }
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void parse_refusal_quotesNothingOfTheDocument() {
    assertThatThrownBy(() -> SafeXml.parse(utf8("<a>EBESExQV<EBESExQV b=EBESExQV</a>")))
        .hasMessageNotContaining("EBESExQV")
        .hasNoCause();
  }

  @Test
  void parseFragment_severalRoots_areTheElements() {
    assertThat(SafeXml.parseFragment("<a/> <p:b xmlns:p='urn:p'/>"))
        .extracting(Element::getLocalName)
        .containsExactly("a", "b");
    assertThat(SafeXml.parseFragment("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</fragment><fragment>",
        "<p:b/>",
        "<?xml version='1.0'?><a/>",
        "<!DOCTYPE a><a/>",
        "<!--"
      })
  void parseFragment_more_isRefused(String fragment) {
    assertThatThrownBy(() -> SafeXml.parseFragment(fragment))
        .asInstanceOf(type(InvalidXmlException.class))
        .extracting(InvalidXmlException::code)
        .isEqualTo("xml-not-well-formed");
  }

  @Test
  void serialize_everyLegalCharacter_survives() {
    StringBuilder all = new StringBuilder("\t\n\r \"'&<>]]>\u0085\u2028\ud7ff\ue000\ufffd");
    all.appendCodePoint(0x10000).appendCodePoint(0x1f511).appendCodePoint(0x10ffff);
    Document document = SafeXml.newDocument();
    Element root = document.createElement("a");
    root.setAttribute("b", all.toString());
    root.appendChild(document.createTextNode(all.toString()));
    document.appendChild(root);
    Element read = SafeXml.parse(SafeXml.serialize(document)).getDocumentElement();
    assertThat(read.getAttribute("b")).isEqualTo(all.toString());
    assertThat(read.getTextContent()).isEqualTo(all.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001f", "\ufffe", "\ud800", "\udc00x"})
  void serialize_illegalCharacter_isRefused(String text) {
    Document document = SafeXml.newDocument();
    Element root = document.createElement("a");
    document.appendChild(root);
    root.setAttribute("b", text);
    assertUnwritable(document, "/a/@b");
    root.removeAttribute("b");
    root.appendChild(document.createElement("c")).appendChild(document.createTextNode(text));
    assertUnwritable(document, "/a/c");
  }

  private static void assertUnwritable(Document document, String place) {
    assertThatThrownBy(() -> SafeXml.serialize(document))
        .asInstanceOf(type(InvalidXmlException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("xml-unwritable-text");
              assertThat(e.problem()).contains("at " + place + " ");
            });
  }

  @Test
  void path_namesakes_haveAPosition() {
    Document document = SafeXml.parse(utf8("<a><b/><c><d/></c><b/></a>"));
    assertThat(SafeXml.path(document.getElementsByTagName("b").item(1))).isEqualTo("/a/b[2]");
    assertThat(SafeXml.path(document.getElementsByTagName("d").item(0))).isEqualTo("/a/c/d");
  }

  /** The best of five runs: the others tell how busy the machine is. */
  static long fastestMillis(Runnable run) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      run.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / 1_000_000;
  }

  private static void assertRefused(String xml, XmlLimits limits, String code) {
    assertThatThrownBy(() -> SafeXml.parse(utf8(xml), limits))
        .asInstanceOf(type(InvalidXmlException.class))
        .extracting(InvalidXmlException::code)
        .isEqualTo(code);
  }

  private static void assertRefused(byte[] xml, String code, String words) {
    assertThatThrownBy(() -> SafeXml.parse(xml))
        .asInstanceOf(type(InvalidXmlException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.blame()).isEqualTo(Blame.CALLER);
              assertThat(e.problem()).contains(words);
            });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
