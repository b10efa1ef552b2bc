package io.keymux.cpix.xml;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.UpdateHistoryItem;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Makes DeliveryData elements that introduce a recipient. */
final class DeliveryDataElement {
  private DeliveryDataElement() {}

  static JaxbDeliveryData of(DeliveryData recipient) {
    JaxbDeliveryData.KeyInfo key = new JaxbDeliveryData.KeyInfo();
    key.content.add(x509Data(recipient.certificate()));
    JaxbDeliveryData element = new JaxbDeliveryData();
    element.id = recipient.id();
    element.name = recipient.name();
    element.deliveryKeys.add(key);
    element.descriptions = JaxbText.list(recipient.description());
    element.sendingEntities = JaxbText.list(recipient.sendingEntity());
    element.senderPointsOfContact = JaxbText.list(recipient.senderPointOfContact());
    element.receivingEntities = JaxbText.list(recipient.receivingEntity());
    return element;
  }

  private static Element x509Data(Bytes certificate) {
    Document document = SafeXml.newDocument();
    Element data = document.createElementNS(CpixNames.XMLDSIG, "ds:X509Data");
    Element der = document.createElementNS(CpixNames.XMLDSIG, "ds:X509Certificate");
    der.setTextContent(certificate.toBase64());
    data.appendChild(der);
    return data;
  }

  static JaxbCpix.HistoryItem of(UpdateHistoryItem item) {
    JaxbCpix.HistoryItem element = new JaxbCpix.HistoryItem();
    element.id = item.id();
    element.updateVersion = Long.toString(item.updateVersion());
    element.index = item.index();
    element.source = item.source();
    element.date = KeyPeriodElement.text(item.date());
    return element;
  }
}
