package io.keymux.cpix.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.xml.SafeXml;
import java.time.Clock;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A document with all six lists, and what tests do with it. */
final class Sample {
  static final String KEY_VALUE = "gPxt0PMwrHM4TdjwdQmhhQ==";
  static final String FORGED_VALUE = "AAAAAAAAAAAAAAAAAAAAAA==";

  /** Indented, with comments, a vendor's element and text outside the root. */
  static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?><?before root?>
      <CPIX xmlns="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" \
      xmlns:v="urn:example:vendor" contentId="movie" version="2.3">
        <!-- made by hand -->
        <DeliveryDataList updateVersion="1"/>
        <ContentKeyList>
          <ContentKey kid="40d02dd1-61a3-4787-a155-572325d47b80"><Data><pskc:Secret>\
      <pskc:PlainValue>gPxt0PMwrHM4TdjwdQmhhQ==</pskc:PlainValue></pskc:Secret></Data></ContentKey>
        </ContentKeyList>
        <DRMSystemList>
          <DRMSystem systemId="edef8ba9-79d6-4ace-a3c8-27dcd51d21ed" \
      kid="40d02dd1-61a3-4787-a155-572325d47b80"><PSSH>AAAA</PSSH><v:box a='1' b="&lt;"/></DRMSystem>
        </DRMSystemList>
        <ContentKeyPeriodList><ContentKeyPeriod id="period-0" index="0"/></ContentKeyPeriodList>
        <ContentKeyUsageRuleList><ContentKeyUsageRule \
      kid="40d02dd1-61a3-4787-a155-572325d47b80"><LabelFilter label="é&#x1F511;"/>\
      </ContentKeyUsageRule></ContentKeyUsageRuleList>
        <UpdateHistoryItemList><UpdateHistoryItem updateVersion="1" index="1" source="x" \
      date="2030-01-31T23:59:59Z"/></UpdateHistoryItemList>
      </CPIX>
      <!-- after it --><?after root?>
      """;

  private Sample() {}

  static Document document() {
    return parse(XML);
  }

  /** The same with a prefix for CPIX and one for signatures. */
  static String prefixed() {
    return XML.replace("xmlns=\"urn:dashif:org:cpix\"", "xmlns:cpix=\"urn:dashif:org:cpix\"")
        .replaceAll("<(/?)([A-Z])", "<$1cpix:$2")
        .replace("<cpix:CPIX ", "<cpix:CPIX xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" ");
  }

  static Document parse(String xml) {
    return SafeXml.parse(xml.getBytes(UTF_8));
  }

  static String text(Document document) {
    return new String(SafeXml.serialize(document), UTF_8);
  }

  static SignatureReport verify(Document document, TrustAnchors anchors) {
    // Through the text, as every document arrives.
    return new SignatureVerifier(anchors, Clock.systemUTC()).verify(parse(text(document)));
  }

  static SignatureReport verify(Document document) {
    return verify(document, TrustAnchors.NONE);
  }

  /** The first element of this local name, wherever it is. */
  static Element element(Document document, String localName) {
    return element(document, localName, 0);
  }

  static Element element(Document document, String localName, int index) {
    NodeList found = document.getElementsByTagNameNS("*", localName);
    return (Element) found.item(index);
  }

  /** A vendor's element at the end of the first DRMSystem, where CPIX allows any. */
  static Element extension(Document document) {
    Element box = document.createElementNS("urn:example:vendor", "v:hidden");
    element(document, "DRMSystem").appendChild(box);
    return box;
  }

  /** Puts a copy of the key list with an attacker's key in its place, and returns the original. */
  static Element replaceKeyList(Document document, boolean keepId) {
    Element genuine = element(document, "ContentKeyList");
    Element forged = (Element) genuine.cloneNode(true);
    Node value = forged.getElementsByTagNameNS("*", "PlainValue").item(0);
    value.setTextContent(FORGED_VALUE);
    if (!keepId) {
      forged.removeAttribute("id");
    }
    genuine.getParentNode().replaceChild(forged, genuine);
    return genuine;
  }
}
