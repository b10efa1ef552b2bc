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

/** {@code ContentKey}. Others: PSKC leftovers of 2.3 and before. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    name = "ContentKeyType",
    propOrder = {"hdcpData", "data", "others"})
final class JaxbContentKey {
  @XmlAttribute @Nullable String kid;
  @XmlAttribute @Nullable String explicitIV;
  @XmlAttribute @Nullable String commonEncryptionScheme;
  @XmlAttribute @Nullable String dependsOnKey;
  @XmlAttribute @Nullable String contentId;

  @XmlElement(name = "HDCPData")
  List<Hdcp> hdcpData = new ArrayList<>();

  @XmlElement(name = "Data")
  List<Data> data = new ArrayList<>();

  @XmlAnyElement List<Element> others = new ArrayList<>();

  /** {@code HDCPData}, since 2.4. */
  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "HDCPDataType")
  static final class Hdcp {
    @XmlAttribute(name = "HLSHDCPLevel")
    @Nullable String level;

    @XmlElement(name = "HDCPOutputProtectionData")
    List<JaxbText> outputProtections = new ArrayList<>();
  }

  /** {@code pskc:KeyDataType}. Others: Counter, Time and the like, foreign elements. */
  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(
      name = "KeyDataType",
      propOrder = {"secrets", "others"})
  static final class Data {
    @XmlElement(name = "Secret", namespace = CpixNames.PSKC)
    List<Secret> secrets = new ArrayList<>();

    @XmlAnyElement List<Element> others = new ArrayList<>();
  }

  /** {@code pskc:binaryDataType}. Others: EncryptedValue, ValueMAC. */
  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(
      name = "binaryDataType",
      propOrder = {"plainValues", "others"})
  static final class Secret {
    @XmlElement(name = "PlainValue", namespace = CpixNames.PSKC)
    List<JaxbText> plainValues = new ArrayList<>();

    @XmlAnyElement List<Element> others = new ArrayList<>();
  }
}
