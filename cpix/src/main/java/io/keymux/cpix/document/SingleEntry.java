package io.keymux.cpix.document;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UpdateHistoryItem;
import io.keymux.cpix.UsageRule;
import java.util.List;

/** A document of nothing but one entry, from which the entry is taken as an element. */
record SingleEntry(CpixDocument content) {

  static SingleEntry of(ContentKey key) {
    return of(List.of(key), List.of(), List.of(), List.of(), List.of());
  }

  static SingleEntry of(RequestedKey key) {
    return of(List.of(), List.of(key), List.of(), List.of(), List.of());
  }

  static SingleEntry of(DrmSignaling system) {
    return of(List.of(), List.of(), List.of(system), List.of(), List.of());
  }

  static SingleEntry of(KeyPeriod period) {
    return of(List.of(), List.of(), List.of(), List.of(period), List.of());
  }

  static SingleEntry of(UsageRule rule) {
    return of(List.of(), List.of(), List.of(), List.of(), List.of(rule));
  }

  static SingleEntry of(DeliveryData recipient) {
    return of(new DocumentDetails(null, null, List.of(recipient), List.of()));
  }

  static SingleEntry of(UpdateHistoryItem item) {
    return of(new DocumentDetails(null, null, List.of(), List.of(item)));
  }

  private static SingleEntry of(DocumentDetails details) {
    return new SingleEntry(
        new CpixDocument(
            null, null, List.of(), List.of(), List.of(), List.of(), List.of(), details));
  }

  private static SingleEntry of(
      List<ContentKey> keys,
      List<RequestedKey> requested,
      List<DrmSignaling> systems,
      List<KeyPeriod> periods,
      List<UsageRule> rules) {
    return new SingleEntry(new CpixDocument(null, null, keys, requested, systems, periods, rules));
  }
}
