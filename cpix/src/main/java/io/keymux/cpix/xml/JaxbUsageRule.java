package io.keymux.cpix.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyAttribute;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** {@code ContentKeyUsageRule}. Others are filters that Keymux does not know. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    name = "ContentKeyUsageRuleType",
    propOrder = {
      "keyPeriodFilters",
      "labelFilters",
      "videoFilters",
      "audioFilters",
      "bitrateFilters",
      "others"
    })
final class JaxbUsageRule {
  @XmlAttribute @Nullable String kid;
  @XmlAttribute @Nullable String intendedTrackType;

  @XmlElement(name = "KeyPeriodFilter")
  List<AnyFilter> keyPeriodFilters = new ArrayList<>();

  @XmlElement(name = "LabelFilter")
  List<AnyFilter> labelFilters = new ArrayList<>();

  @XmlElement(name = "VideoFilter")
  List<AnyFilter> videoFilters = new ArrayList<>();

  @XmlElement(name = "AudioFilter")
  List<AnyFilter> audioFilters = new ArrayList<>();

  @XmlElement(name = "BitrateFilter")
  List<AnyFilter> bitrateFilters = new ArrayList<>();

  @XmlAnyElement List<Element> others = new ArrayList<>();

  /** Any filter: the attributes are all that it has. */
  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "FilterType")
  static final class AnyFilter {
    @XmlAnyAttribute Map<QName, String> attributes = new HashMap<>();
  }
}
