package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.validation.CpixFinding;
import io.keymux.cpix.validation.CpixProfile;
import io.keymux.cpix.validation.CpixValidator;
import io.keymux.cpix.validation.Strictness;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.Base64;
import java.util.List;
import org.w3c.dom.Element;

/** A request's or an answer's document, as a test looks at it. */
record Answer(String text, Element root) {
  static Answer of(byte[] xml) {
    return new Answer(new String(xml, UTF_8), SafeXml.parse(xml).getDocumentElement());
  }

  /** What the validator has against it, at its strictest. */
  List<CpixFinding> errors(CpixProfile profile) {
    return CpixValidator.validate(text.getBytes(UTF_8), profile, Strictness.STRICT).stream()
        .filter(finding -> finding.severity() == CpixFinding.Severity.ERROR)
        .toList();
  }

  List<Element> keys() {
    return CpixDom.entries(root, "ContentKeyList", "ContentKey");
  }

  Element key(KeyId id) {
    return keys().stream()
        .filter(key -> KeyId.parse(key.getAttribute("kid")).equals(id))
        .findFirst()
        .orElseThrow();
  }

  List<Element> systems() {
    return CpixDom.entries(root, "DRMSystemList", "DRMSystem");
  }

  Element system(String systemId, KeyId id) {
    return systems().stream()
        .filter(system -> system.getAttribute("systemId").equals(systemId))
        .filter(system -> KeyId.parse(system.getAttribute("kid")).equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** The key's value. */
  static Bytes value(Element key) {
    Element plain = (Element) key.getElementsByTagNameNS(CpixNames.PSKC, "PlainValue").item(0);
    return Bytes.copyOf(Base64.getDecoder().decode(plain.getTextContent()));
  }

  /** The child's text, decoded. */
  static Bytes decoded(Element parent, String child) {
    return Bytes.copyOf(
        Base64.getDecoder().decode(CpixDom.children(parent, child).get(0).getTextContent()));
  }

  static String decodedText(Element element) {
    return new String(Base64.getDecoder().decode(element.getTextContent()), UTF_8);
  }

  /** The line for this playlist. */
  static String hls(Element system, String playlist) {
    return CpixDom.children(system, "HLSSignalingData").stream()
        .filter(data -> data.getAttribute("playlist").equals(playlist))
        .map(Answer::decodedText)
        .findFirst()
        .orElseThrow();
  }
}
