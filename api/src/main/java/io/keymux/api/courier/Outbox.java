package io.keymux.api.courier;

import java.util.List;

/**
 * Messages that wait in a table. Several services may share it: what one has taken the others leave
 * alone for a while. All methods may throw {@link io.keymux.api.database.DatabaseException}.
 *
 * @param <M> a message
 */
public interface Outbox<M> {
  /**
   * Takes messages that are due, so that nobody else gets them for a while.
   *
   * @param limit at least 1
   */
  List<M> take(int limit);

  /**
   * Sends a message that was taken, and keeps what came of it.
   *
   * @throws InterruptedException if the service stops before anything came of it
   */
  void send(M message) throws InterruptedException;

  /** Lets somebody else have a message at once that was taken and not sent. */
  void giveBack(M message);
}
