package io.keymux.api.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many messages may be on their way to a receiver: one that does not answer must not hold up
 * others. It gets a single message at a time, after pauses that grow up to a minute, until one
 * arrives. Safe for use by several threads.
 */
final class Lanes {
  private static final int AT_ONCE = 4;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Duration firstPause;
  private final Map<String, Lane> lanes = new HashMap<>();

  private static final class Lane {
    private int underWay;
    private int failures;
    private Instant heldUntil = Instant.MIN;
  }

  /**
   * @param firstPause after the first failure; doubles with each further one
   */
  Lanes(Duration firstPause) {
    this.firstPause = firstPause;
  }

  /** How many more may go to a receiver now. */
  synchronized int free(String webhookId, Instant now) {
    Lane lane = lanes.get(webhookId);
    if (lane == null) {
      return AT_ONCE;
    }
    if (lane.failures == 0) {
      return AT_ONCE - lane.underWay;
    }
    return lane.underWay == 0 && !now.isBefore(lane.heldUntil) ? 1 : 0;
  }

  /** A message is on its way. */
  synchronized void enter(String webhookId) {
    lanes.computeIfAbsent(webhookId, id -> new Lane()).underWay++;
  }

  /** Nothing came of it: it was not sent. */
  synchronized void leave(String webhookId) {
    leave(webhookId, lane -> {});
  }

  /** It arrived. */
  synchronized void arrived(String webhookId) {
    leave(webhookId, lane -> lane.failures = 0);
  }

  /** It did not arrive. */
  synchronized void failed(String webhookId, Instant now) {
    leave(
        webhookId,
        lane -> {
          Duration pause = firstPause.multipliedBy(1L << Math.min(lane.failures, MOST_DOUBLINGS));
          lane.failures++;
          lane.heldUntil = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        });
  }

  private void leave(String webhookId, Consumer<Lane> change) {
    Lane lane = lanes.get(webhookId);
    if (lane != null) {
      lane.underWay--;
      change.accept(lane);
      if (lane.underWay == 0 && lane.failures == 0) {
        lanes.remove(webhookId);
      }
    }
  }
}
