package io.keymux.keyserver.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a whole exchange has to be over; {@link HttpExchange#deadline} sets one. */
public final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;

  Deadline(LongSupplier nanoTime, Duration total) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + total.toNanos();
  }

  /** What is left; negative when it is over. */
  public Duration left() {
    return Duration.ofNanos(end - nanoTime.getAsLong());
  }

  /** The shorter of {@code limit} and what is left, but at least a millisecond. */
  Duration atMost(Duration limit) {
    Duration left = left();
    Duration shorter = left.compareTo(limit) < 0 ? left : limit;
    return shorter.toMillis() < 1 ? Duration.ofMillis(1) : shorter;
  }
}
