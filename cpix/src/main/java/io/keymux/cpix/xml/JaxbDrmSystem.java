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

/** {@code DRMSystem}. Others are vendors' own. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    name = "DRMSystemType",
    propOrder = {
      "psshs",
      "contentProtections",
      "uriExtXKeys",
      "hlsSignalings",
      "smoothHeaders",
      "hdsSignalings",
      "others"
    })
final class JaxbDrmSystem {
  @XmlAttribute @Nullable String systemId;
  @XmlAttribute @Nullable String kid;
  @XmlAttribute @Nullable String name;

  @XmlAttribute(name = "HLSAllowedCPC")
  @Nullable String hlsAllowedCpc;

  @XmlElement(name = "PSSH")
  List<JaxbText> psshs = new ArrayList<>();

  @XmlElement(name = "ContentProtectionData")
  List<JaxbText> contentProtections = new ArrayList<>();

  @XmlElement(name = "URIExtXKey")
  List<JaxbText> uriExtXKeys = new ArrayList<>();

  @XmlElement(name = "HLSSignalingData")
  List<JaxbText> hlsSignalings = new ArrayList<>();

  @XmlElement(name = "SmoothStreamingProtectionHeaderData")
  List<JaxbText> smoothHeaders = new ArrayList<>();

  @XmlElement(name = "HDSSignalingData")
  List<JaxbText> hdsSignalings = new ArrayList<>();

  @XmlAnyElement List<Element> others = new ArrayList<>();
}
