package io.keymux.api.queue;

import java.util.concurrent.atomic.LongAdder;

/** What this node has seen go wrong with attempts. */
public final class QueueCounts {
  private final LongAdder superseded = new LongAdder();
  private final LongAdder revived = new LongAdder();

  /** An attempt of this node was found to be another's. */
  void superseded() {
    superseded.increment();
  }

  /** Attempts of dead workers were given to others. */
  void revived(int count) {
    revived.add(count);
  }

  /** How many attempts of this node were found to be another's. */
  public long supersededAttempts() {
    return superseded.sum();
  }

  /** How many attempts of dead workers this node gave to others. */
  public long revivedAttempts() {
    return revived.sum();
  }
}
