package io.keymux.cpix.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The root element. What may stand once is a list all the same: a second one is then seen, where
 * JAXB alone would let it replace the first.
 */
@XmlRootElement(name = "CPIX")
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    name = "CpixType",
    propOrder = {
      "deliveryLists",
      "contentKeyLists",
      "drmSystemLists",
      "keyPeriodLists",
      "usageRuleLists",
      "historyLists",
      "others"
    })
final class JaxbCpix {
  @XmlAttribute @Nullable String id;
  @XmlAttribute @Nullable String contentId;
  @XmlAttribute @Nullable String name;
  @XmlAttribute @Nullable String version;

  @XmlElement(name = "DeliveryDataList")
  List<DeliveryList> deliveryLists = new ArrayList<>();

  @XmlElement(name = "ContentKeyList")
  List<KeyList> contentKeyLists = new ArrayList<>();

  @XmlElement(name = "DRMSystemList")
  List<DrmList> drmSystemLists = new ArrayList<>();

  @XmlElement(name = "ContentKeyPeriodList")
  List<PeriodList> keyPeriodLists = new ArrayList<>();

  @XmlElement(name = "ContentKeyUsageRuleList")
  List<RuleList> usageRuleLists = new ArrayList<>();

  @XmlElement(name = "UpdateHistoryItemList")
  List<HistoryList> historyLists = new ArrayList<>();

  @XmlAnyElement List<Element> others = new ArrayList<>();

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "DeliveryDataListType")
  static final class DeliveryList {
    @XmlElement(name = "DeliveryData")
    List<JaxbDeliveryData> items = new ArrayList<>();
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "ContentKeyListType")
  static final class KeyList {
    @XmlElement(name = "ContentKey")
    List<JaxbContentKey> items = new ArrayList<>();
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "DRMSystemListType")
  static final class DrmList {
    @XmlElement(name = "DRMSystem")
    List<JaxbDrmSystem> items = new ArrayList<>();
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "ContentKeyPeriodListType")
  static final class PeriodList {
    @XmlElement(name = "ContentKeyPeriod")
    List<Period> items = new ArrayList<>();
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "ContentKeyPeriodType")
  static final class Period {
    @XmlAttribute @Nullable String id;
    @XmlAttribute @Nullable String index;
    @XmlAttribute @Nullable String start;
    @XmlAttribute @Nullable String end;
    @XmlAttribute @Nullable String label;
    @XmlAttribute @Nullable String startOffset;
    @XmlAttribute @Nullable String endOffset;
    @XmlAttribute @Nullable String duration;
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "ContentKeyUsageRuleListType")
  static final class RuleList {
    @XmlElement(name = "ContentKeyUsageRule")
    List<JaxbUsageRule> items = new ArrayList<>();
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "UpdateHistoryItemListType")
  static final class HistoryList {
    @XmlElement(name = "UpdateHistoryItem")
    List<HistoryItem> items = new ArrayList<>();
  }

  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(name = "UpdateHistoryItemType")
  static final class HistoryItem {
    @XmlAttribute @Nullable String id;
    @XmlAttribute @Nullable String updateVersion;
    @XmlAttribute @Nullable String index;
    @XmlAttribute @Nullable String source;
    @XmlAttribute @Nullable String date;
  }
}
