package io.keymux.api.webhook;

import io.keymux.cpix.Bytes;

/**
 * A message that is to be sent now.
 *
 * @param deliveryId of its row
 * @param tries how often it was sent before, since it last was to be sent from the beginning
 * @param receiver encrypted
 */
record Parcel(
    long deliveryId,
    String tenant,
    String webhookId,
    String messageId,
    String body,
    int tries,
    Bytes receiver) {
  @Override
  public String toString() {
    return "Parcel[" + deliveryId + " to " + webhookId + "]";
  }
}
