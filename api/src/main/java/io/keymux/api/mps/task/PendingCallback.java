package io.keymux.api.mps.task;

import io.keymux.cpix.Bytes;
import java.time.Instant;

/**
 * Somebody who is to be told of a task.
 *
 * @param receiver encrypted; what {@link CallbackStore#open} reads
 * @param told what was told last, as {@link TaskProgress#mark}; empty for nothing
 * @param failures how often the next message could not be delivered
 * @param due when to look again
 */
public record PendingCallback(
    String tenant, String taskId, Bytes receiver, String told, int failures, Instant due) {

  /** The same after a message was delivered. */
  public PendingCallback told(String mark, Instant next) {
    return new PendingCallback(tenant, taskId, receiver, mark, 0, next);
  }

  /** The same after a message was not delivered. */
  public PendingCallback failed(Instant next) {
    return new PendingCallback(tenant, taskId, receiver, told, failures + 1, next);
  }

  /** The same to be looked at later. */
  public PendingCallback later(Instant next) {
    return new PendingCallback(tenant, taskId, receiver, told, failures, next);
  }

  @Override
  public String toString() {
    return "PendingCallback[" + taskId + ", " + failures + " failures]";
  }
}
