package io.keymux.cpix.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** {@code DeliveryData}. Others: DocumentKey and MACMethod, which are read where keys are. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    name = "DeliveryDataType",
    propOrder = {
      "deliveryKeys",
      "others",
      "descriptions",
      "sendingEntities",
      "senderPointsOfContact",
      "receivingEntities"
    })
final class JaxbDeliveryData {
  @XmlAttribute @Nullable String id;
  @XmlAttribute @Nullable String name;

  @XmlElement(name = "DeliveryKey")
  List<KeyInfo> deliveryKeys = new ArrayList<>();

  @XmlAnyElement List<Element> others = new ArrayList<>();

  @XmlElement(name = "Description")
  List<JaxbText> descriptions = new ArrayList<>();

  @XmlElement(name = "SendingEntity")
  List<JaxbText> sendingEntities = new ArrayList<>();

  @XmlElement(name = "SenderPointOfContact")
  List<JaxbText> senderPointsOfContact = new ArrayList<>();

  @XmlElement(name = "ReceivingEntity")
  List<JaxbText> receivingEntities = new ArrayList<>();

  /**
   * {@code ds:KeyInfoType}, as a tree: a second namespace of the binding would be declared at the
   * root of every document.
   */
  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "KeyInfoType")
  static final class KeyInfo {
    @XmlAnyElement List<Element> content = new ArrayList<>();
  }
}
