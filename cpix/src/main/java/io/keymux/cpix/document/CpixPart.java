package io.keymux.cpix.document;

import org.jspecify.annotations.Nullable;

/**
 * One of the lists of a document, in the order of the schema.
 *
 * @see "DASH-IF CPIX, CPIX element"
 */
public enum CpixPart {
  DELIVERY_DATA("DeliveryDataList", "DeliveryData"),
  CONTENT_KEYS("ContentKeyList", "ContentKey"),
  DRM_SYSTEMS("DRMSystemList", "DRMSystem"),
  KEY_PERIODS("ContentKeyPeriodList", "ContentKeyPeriod"),
  USAGE_RULES("ContentKeyUsageRuleList", "ContentKeyUsageRule"),
  UPDATE_HISTORY("UpdateHistoryItemList", "UpdateHistoryItem");

  private final String listName;
  private final String entryName;

  CpixPart(String listName, String entryName) {
    this.listName = listName;
    this.entryName = entryName;
  }

  /** The local name of the list element. */
  public String listName() {
    return listName;
  }

  /** The local name of the elements in the list. */
  public String entryName() {
    return entryName;
  }

  static @Nullable CpixPart ofList(@Nullable String localName) {
    for (CpixPart part : values()) {
      if (part.listName.equals(localName)) {
        return part;
      }
    }
    return null;
  }
}
