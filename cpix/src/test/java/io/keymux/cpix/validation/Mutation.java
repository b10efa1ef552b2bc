package io.keymux.cpix.validation;

import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * One change of a document at one element.
 *
 * @param element counted in document order
 * @param name what is done, for messages
 */
record Mutation(int element, String name, Consumer<Element> change) {
  private static final List<String> VALUES =
      List.of(
          "",
          " 7 ",
          "-0",
          "+5",
          "1.0",
          "99999999999999999999999",
          "TRUE",
          "true",
          "p1",
          "1p",
          "a b",
          "AAAA",
          "AA A=",
          "AAB=",
          "AAAA=",
          "AAA",
          "A-AA",
          "0f083e4e-b831-4a3d-917e-ce78076e54aa 0a30e9ea-8d7a-4aa5-9c63-2b0d2c2d6a6b",
          "urn:x y",
          "é:",
          ":x",
          "a%zz",
          "media",
          "master",
          "multiVariant",
          "variant",
          "cenc",
          "SAMPLE-AES",
          "0f083e4e-b831-4a3d-917e-ce78076e54aa",
          "0F083E4EB8314A3D917ECE78076E54AA",
          " 0f083e4e-b831-4a3d-917e-ce78076e54aa",
          "2030-02-29T00:00:00Z",
          "2028-02-29T24:00:00",
          "2028-02-28T24:00:01",
          "2030-01-01T00:00:60Z",
          "2030-01-01T00:00:00+14:01",
          "12030-01-01T00:00:00.123456789012-14:00",
          "-0044-03-15T12:00:00",
          "0000-01-01T00:00:00",
          "2030-01-01",
          "P1Y2M3DT4H5M6.7S",
          "-P1D",
          "PT",
          "P",
          "P1DT",
          "P1H",
          "PT1.S");

  /** All of them for every element and attribute of {@code document}. */
  static List<Mutation> of(Document document) {
    List<Mutation> mutations = new ArrayList<>();
    List<Element> elements = elements(document);
    for (int i = 1; i < elements.size(); i++) {
      addElement(mutations, i);
    }
    for (int i = 0; i < elements.size(); i++) {
      addContent(mutations, i);
      addAttributes(mutations, i, elements.get(i));
      if (CpixDom.children(elements.get(i)).isEmpty()) {
        addTexts(mutations, i);
      }
    }
    return mutations;
  }

  static List<Element> elements(Document document) {
    List<Element> elements = new ArrayList<>();
    collect(document.getDocumentElement(), elements);
    return elements;
  }

  private static void collect(Element element, List<Element> elements) {
    elements.add(element);
    CpixDom.children(element).forEach(child -> collect(child, elements));
  }

  /** The changed document. */
  byte[] apply(byte[] xml) {
    Document document = SafeXml.parse(xml);
    change.accept(elements(document).get(element));
    return SafeXml.serialize(document);
  }

  private static void addElement(List<Mutation> to, int i) {
    to.add(new Mutation(i, "removed", e -> e.getParentNode().removeChild(e)));
    to.add(new Mutation(i, "doubled", e -> e.getParentNode().insertBefore(e.cloneNode(true), e)));
    to.add(new Mutation(i, "moved to the end", e -> e.getParentNode().appendChild(e)));
    to.add(
        new Mutation(
            i,
            "moved to the start",
            e -> e.getParentNode().insertBefore(e, e.getParentNode().getFirstChild())));
    to.add(new Mutation(i, "of a vendor", e -> rename(e, "urn:x", e.getLocalName())));
    to.add(new Mutation(i, "without namespace", e -> rename(e, null, e.getLocalName())));
    to.add(new Mutation(i, "unknown", e -> rename(e, e.getNamespaceURI(), "Unknown")));
    to.add(new Mutation(i, "another", e -> rename(e, CpixNames.CPIX, "VideoFilter")));
  }

  private static void rename(Element element, @Nullable String namespace, String name) {
    element
        .getOwnerDocument()
        .renameNode(element, namespace, namespace == null ? name : "n:" + name);
  }

  private static void addContent(List<Mutation> to, int i) {
    to.add(
        new Mutation(i, "with blanks", e -> append(e, e.getOwnerDocument().createTextNode(" "))));
    to.add(new Mutation(i, "with text", e -> append(e, e.getOwnerDocument().createTextNode("x"))));
    to.add(
        new Mutation(i, "with comment", e -> append(e, e.getOwnerDocument().createComment("x"))));
    for (String[] name :
        new String[][] {
          {"urn:x", "n:Other"},
          {CpixNames.CPIX, "n:HDCPData"},
          {CpixNames.CPIX, "n:CPIX"},
          {CpixNames.XMLDSIG, "n:KeyName"},
          {CpixNames.XMLDSIG, "n:Reference"},
          {CpixNames.PSKC, "n:ValueMAC"},
          {CpixNames.XMLENC, "n:CipherData"}
        }) {
      to.add(
          new Mutation(
              i,
              "with child " + name[1] + " of " + name[0],
              e -> append(e, e.getOwnerDocument().createElementNS(name[0], name[1]))));
    }
    to.add(
        new Mutation(
            i,
            "with child n:X509Data of no content in a vendor's element",
            e -> {
              Node other = e.getOwnerDocument().createElementNS("urn:x", "n:Other");
              append(e, other);
              other.appendChild(
                  e.getOwnerDocument().createElementNS(CpixNames.XMLDSIG, "m:X509Data"));
            }));
  }

  private static void append(Element element, Node child) {
    element.appendChild(child);
  }

  private static void addAttributes(List<Mutation> to, int i, Element element) {
    for (String name : List.of("id", "version", "playlist", "Algorithm", "unknown", "contentId")) {
      to.add(new Mutation(i, "with @" + name, e -> e.setAttribute(name, "p9")));
    }
    to.add(new Mutation(i, "with @xml:lang", e -> e.setAttribute("xml:lang", "en")));
    to.add(new Mutation(i, "with @x:y", e -> e.setAttributeNS("urn:x", "x:y", "z")));
    for (int a = 0; a < element.getAttributes().getLength(); a++) {
      Attr attribute = (Attr) element.getAttributes().item(a);
      String name = attribute.getName();
      if (!name.startsWith("xmlns")) {
        to.add(new Mutation(i, "without @" + name, e -> e.removeAttribute(name)));
        for (String value : VALUES) {
          to.add(
              new Mutation(i, "@" + name + "=\"" + value + "\"", e -> e.setAttribute(name, value)));
        }
      }
    }
  }

  private static void addTexts(List<Mutation> to, int i) {
    for (String value : VALUES) {
      to.add(new Mutation(i, "text \"" + value + "\"", e -> e.setTextContent(value)));
    }
  }
}
