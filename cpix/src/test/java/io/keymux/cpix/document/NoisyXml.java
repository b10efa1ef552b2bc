package io.keymux.cpix.document;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Writes a tree as strangers would: other prefixes, comments, processing instructions, line breaks,
 * CDATA, character references, vendors' elements and attributes, UTF-16 with a byte order mark.
 */
final class NoisyXml {
  private static final List<Charset> ENCODINGS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.UTF_8);

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final String cpix;
  private final String pskc;

  NoisyXml(long seed) {
    this.random = new Random(seed);
    this.cpix = pick("", "cpix:", "x:", "ns2:");
    this.pskc = pick("pskc:", "k:", "ns7:");
  }

  byte[] write(Document document) {
    Charset encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    if (random.nextBoolean() || encoding.equals(StandardCharsets.UTF_16)) {
      out.append("<?xml version=\"1.0\" encoding=\"").append(encoding.name()).append("\"?>\n");
    }
    noise();
    element(document.getDocumentElement(), true);
    noise();
    String bom = encoding.equals(StandardCharsets.UTF_8) && random.nextBoolean() ? "\ufeff" : "";
    return (bom + out).getBytes(encoding);
  }

  private void element(Element element, boolean root) {
    String name =
        (String.valueOf(element.getNamespaceURI()).contains("pskc") ? pskc : cpix)
            + element.getLocalName();
    out.append('<').append(name);
    if (root) {
      declare(cpix, "urn:dashif:org:cpix");
      declare(pskc, "urn:ietf:params:xml:ns:keyprov:pskc");
    }
    attributes(element);
    if (element.getFirstChild() == null && random.nextBoolean()) {
      out.append(pick("/>", " />", "\n/>"));
      return;
    }
    out.append('>');
    if ("DRMSystem".equals(element.getLocalName()) && random.nextBoolean()) {
      out.append("<v:Vendor xmlns:v=\"urn:v\" v:a='1'> <w>&#x41;</w>\t</v:Vendor>");
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element nested) {
        noise();
        element(nested, false);
      } else {
        text(child.getNodeValue());
      }
    }
    out.append("</").append(name).append(pick(">", " >"));
    noise();
  }

  private void declare(String prefix, String namespace) {
    out.append(pick(" ", "\n  "))
        .append(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix.substring(0, prefix.length() - 1))
        .append("=\"")
        .append(namespace)
        .append('"');
  }

  private void attributes(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (!attribute.getName().startsWith("xmlns")) {
        String quote = pick("\"", "'");
        out.append(pick(" ", "\n ", "\t"))
            .append(attribute.getName())
            .append(pick("=", " = "))
            .append(quote)
            .append(escaped(attribute.getValue()))
            .append(quote);
      }
    }
    if (element.getLocalName().equals("ContentKey") && random.nextBoolean()) {
      out.append(" xmlns:f='urn:f' f:mark='&lt;&#xA;'");
    }
  }

  private void text(String text) {
    int middle = text.length() / 2;
    switch (random.nextInt(4)) {
      case 0 ->
          out.append("<![CDATA[").append(text.replace("]]>", "]]]]><![CDATA[>")).append("]]>");
      case 1 ->
          out.append(escaped(text.substring(0, middle)))
              .append("<!-- - -->")
              .append(escaped(text.substring(middle)));
      default -> out.append(escaped(text));
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'') {
                escaped.append("&#").append(c).append(';');
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  private void noise() {
    switch (random.nextInt(5)) {
      case 0 -> out.append("\n\t ");
      case 1 -> out.append("<!-- <x> & -->");
      case 2 -> out.append("<?note a=b?>\r\n");
      default -> {}
    }
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
