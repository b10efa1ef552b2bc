package io.keymux.api.keyserver.speke;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** The root of an answer, with the namespaces that clients look for there. */
record AnswerRoot(Element root) {
  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
  private static final String PSKC = "pskc";

  /**
   * Turns the request's root into the answer's: in version 2 without {@code id} and without the
   * namespace of version 1, always with a prefix for PSKC.
   */
  static AnswerRoot of(SpekeRequest request) {
    Element root = request.root();
    if (request.version() != SpekeVersion.V1) {
      root.removeAttribute("id");
      forgetV1(root);
    }
    if (root.lookupPrefix(CpixNames.PSKC) == null) {
      boolean free = root.lookupNamespaceURI(PSKC) == null;
      root.setAttributeNS(XMLNS, free ? "xmlns:pskc" : "xmlns:keymux-pskc", CpixNames.PSKC);
    }
    return new AnswerRoot(root);
  }

  Document document() {
    return root.getOwnerDocument();
  }

  /** Puts in the key's value, in place of any that is there, and its IV. */
  void fillKey(Element element, ContentKey key) {
    if (key.explicitIv() != null) {
      element.setAttribute("explicitIV", key.explicitIv().toBase64());
    }
    CpixDom.children(element, "Data").forEach(element::removeChild);
    String pskc = element.lookupPrefix(CpixNames.PSKC);
    if (pskc == null) {
      throw new SpekeRefusal("ContentKey declares the prefix of PSKC for something else");
    }
    Document document = document();
    Element data = document.createElementNS(CpixNames.CPIX, prefixed(element.getPrefix(), "Data"));
    Element secret = document.createElementNS(CpixNames.PSKC, pskc + ":Secret");
    Element plain = document.createElementNS(CpixNames.PSKC, pskc + ":PlainValue");
    byte[] value = key.value().reveal();
    plain.setTextContent(Base64.getEncoder().encodeToString(value));
    Arrays.fill(value, (byte) 0);
    secret.appendChild(plain);
    data.appendChild(secret);
    element.insertBefore(data, element.getFirstChild());
  }

  /** The name of an element of CPIX beside one with this prefix. */
  static String prefixed(@Nullable String prefix, String name) {
    return prefix == null ? name : prefix + ":" + name;
  }

  /** Clients refuse an answer of version 2 that so much as declares the namespace of version 1. */
  private static void forgetV1(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = attributes.getLength() - 1; i >= 0; i--) {
      Attr attribute = (Attr) attributes.item(i);
      boolean declares =
          XMLNS.equals(attribute.getNamespaceURI())
              && Placeholders.SPEKE_V1.equals(attribute.getValue());
      if (declares || Placeholders.SPEKE_V1.equals(attribute.getNamespaceURI())) {
        element.removeAttributeNode(attribute);
      }
    }
    for (Element child : CpixDom.children(element)) {
      if (Placeholders.SPEKE_V1.equals(child.getNamespaceURI())) {
        element.removeChild(child);
      } else {
        forgetV1(child);
      }
    }
  }
}
