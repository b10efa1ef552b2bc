package io.keymux.cpix.signature;

/**
 * What one signature covers. A signature of the {@link #DOCUMENT} covers all other parts too,
 * present or absent, and the other signatures.
 *
 * @see "DASH-IF CPIX, Signature element"
 */
public enum SignedPart {
  DELIVERY_DATA("DeliveryDataList"),
  CONTENT_KEYS("ContentKeyList"),
  DRM_SYSTEMS("DRMSystemList"),
  KEY_PERIODS("ContentKeyPeriodList"),
  USAGE_RULES("ContentKeyUsageRuleList"),
  UPDATE_HISTORY("UpdateHistoryItemList"),
  /** The last one, since it covers the signatures of the others. */
  DOCUMENT("CPIX");

  private final String elementName;

  SignedPart(String elementName) {
    this.elementName = elementName;
  }

  /** The local name of the signed element, {@code ContentKeyList} for example. */
  public String elementName() {
    return elementName;
  }
}
