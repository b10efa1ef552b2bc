package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * Someone whom the keys of a document are encrypted for. Null means absent.
 *
 * @param certificate the recipient's X.509 certificate in DER
 * @param hasDocumentKey false in a request: there the recipient only introduces itself
 * @see "DASH-IF CPIX, DeliveryData element"
 */
public record DeliveryData(
    @Nullable String id,
    @Nullable String name,
    Bytes certificate,
    boolean hasDocumentKey,
    @Nullable String description,
    @Nullable String sendingEntity,
    @Nullable String senderPointOfContact,
    @Nullable String receivingEntity) {

  /** A recipient that is known by its certificate only. */
  public static DeliveryData of(@Nullable String id, Bytes certificate) {
    return new DeliveryData(id, null, certificate, false, null, null, null, null);
  }
}
