package io.keymux.api.mps.task;

import io.keymux.api.mps.wish.NotifyWish;
import java.time.Instant;

/**
 * Somebody who is to be told of a task. Holds secrets: it is kept sealed.
 *
 * @param told what was told last, as {@link TaskProgress#mark}; empty for nothing
 * @param failures how often the next message could not be delivered
 * @param due when to look again
 */
public record PendingCallback(
    String tenant, String taskId, NotifyWish wish, String told, int failures, Instant due) {

  /** Nothing was told yet. */
  static PendingCallback of(MpsTask task, NotifyWish wish) {
    return new PendingCallback(task.tenant(), task.id(), wish, "", 0, task.created());
  }

  /** The same after a message was delivered. */
  public PendingCallback told(String mark, Instant next) {
    return new PendingCallback(tenant, taskId, wish, mark, 0, next);
  }

  /** The same after a message was not delivered. */
  public PendingCallback failed(Instant next) {
    return new PendingCallback(tenant, taskId, wish, told, failures + 1, next);
  }

  /** The same to be looked at later. */
  public PendingCallback later(Instant next) {
    return new PendingCallback(tenant, taskId, wish, told, failures, next);
  }

  @Override
  public String toString() {
    return "PendingCallback[" + taskId + ", " + failures + " failures]";
  }
}
