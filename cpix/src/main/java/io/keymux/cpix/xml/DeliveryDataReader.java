package io.keymux.cpix.xml;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DeliveryData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads DeliveryData elements: who the recipients are, not what is encrypted for them. */
final class DeliveryDataReader {
  private final BoundDocument document;

  DeliveryDataReader(BoundDocument document) {
    this.document = document;
  }

  DeliveryData read(JaxbDeliveryData element) {
    boolean hasDocumentKey =
        element.others.stream().anyMatch(other -> "DocumentKey".equals(other.getLocalName()));
    return new DeliveryData(
        element.id,
        element.name,
        certificate(element),
        hasDocumentKey,
        text(element.descriptions),
        text(element.sendingEntities),
        text(element.senderPointsOfContact),
        text(element.receivingEntities));
  }

  private Bytes certificate(JaxbDeliveryData element) {
    JaxbDeliveryData.KeyInfo key = document.single(element.deliveryKeys);
    if (key != null) {
      for (Element data : CpixDom.children((Element) document.node(key))) {
        for (Element certificate : CpixDom.children(data)) {
          if (CpixNames.XMLDSIG.equals(certificate.getNamespaceURI())
              && "X509Certificate".equals(certificate.getLocalName())) {
            // What follows the first one is its chain.
            return Lexical.bytes(certificate.getTextContent(), Place.of(certificate));
          }
        }
      }
    }
    throw document
        .place(element)
        .invalid(
            "cpix-recipient-without-certificate",
            "the recipient has no X509Certificate.",
            "Put the recipient's certificate into DeliveryKey.");
  }

  private @Nullable String text(List<JaxbText> elements) {
    JaxbText element = document.single(elements);
    return element == null ? null : element.text;
  }
}
