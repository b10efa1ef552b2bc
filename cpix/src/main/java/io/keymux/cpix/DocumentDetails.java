package io.keymux.cpix;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document says about itself, which no key depends on.
 *
 * @param id {@code CPIX@id}, or null
 * @param name {@code CPIX@name}, or null
 * @param deliveryData whom the keys are encrypted for; empty if they are in the clear
 * @see "DASH-IF CPIX, CPIX element"
 */
public record DocumentDetails(
    @Nullable String id,
    @Nullable String name,
    List<DeliveryData> deliveryData,
    List<UpdateHistoryItem> updateHistory) {
  public static final DocumentDetails NONE = new DocumentDetails(null, null, List.of(), List.of());

  public DocumentDetails {
    deliveryData = List.copyOf(deliveryData);
    updateHistory = List.copyOf(updateHistory);
  }
}
