package io.keymux.api.mps.sqs;

/**
 * A message that was received.
 *
 * @param id for logs
 * @param receiptHandle deletes it
 */
public record SqsMessage(String id, String receiptHandle, String body) {
  @Override
  public String toString() {
    return "SqsMessage[" + id + "]";
  }
}
