package io.keymux.api.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many messages may be on their way to a receiver: one that does not answer must not hold up
 * others. It gets a single message at a time, after pauses that grow up to a minute, until one
 * arrives. Safe for use by several threads.
 *
 * <p>A receiver is whatever text its user knows it by.
 */
public final class Lanes {
  private static final int AT_ONCE = 4;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration MEMORY = Duration.ofHours(1);

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
  public Lanes(Duration firstPause) {
    this.firstPause = firstPause;
  }

  /** How many more may go to a receiver now. */
  public synchronized int free(String receiver, Instant now) {
    Lane lane = lanes.get(receiver);
    if (lane == null) {
      return AT_ONCE;
    }
    if (lane.failures == 0) {
      return AT_ONCE - lane.underWay;
    }
    return lane.underWay == 0 && !now.isBefore(lane.heldUntil) ? 1 : 0;
  }

  /** Puts a message on its way if there is room for it. */
  public synchronized boolean entered(String receiver, Instant now) {
    if (free(receiver, now) < 1) {
      return false;
    }
    enter(receiver);
    return true;
  }

  /** How long a message waits that found no room: as long as the receiver gets nothing. */
  public synchronized Duration hold(String receiver) {
    Lane lane = lanes.get(receiver);
    return lane == null || lane.failures == 0 ? Duration.ZERO : pause(lane.failures);
  }

  /** A message is on its way. */
  public synchronized void enter(String receiver) {
    lanes.computeIfAbsent(receiver, id -> new Lane()).underWay++;
  }

  /** Nothing came of it: it was not sent. */
  public synchronized void leave(String receiver) {
    leave(receiver, lane -> {});
  }

  /** It arrived. */
  public synchronized void arrived(String receiver) {
    leave(receiver, lane -> lane.failures = 0);
  }

  /** It did not arrive. */
  public synchronized void failed(String receiver, Instant now) {
    // Receivers that nobody writes to any more would fill the memory.
    lanes
        .values()
        .removeIf(each -> each.underWay == 0 && each.heldUntil.plus(MEMORY).isBefore(now));
    leave(
        receiver,
        lane -> {
          lane.failures++;
          lane.heldUntil = now.plus(pause(lane.failures));
        });
  }

  private Duration pause(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void leave(String receiver, Consumer<Lane> change) {
    Lane lane = lanes.get(receiver);
    if (lane != null) {
      lane.underWay--;
      change.accept(lane);
      if (lane.underWay == 0 && lane.failures == 0) {
        lanes.remove(receiver);
      }
    }
  }
}
