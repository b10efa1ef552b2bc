package io.keymux.api.queue;

import io.keymux.api.config.QueueSettings;
import io.keymux.api.problem.RequestException;
import io.keymux.api.store.WaitingJobs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many jobs of each tenant wait: counted now and then, and by what was added since. Counting
 * for each submission would cost more than the submission, and nobody who submits waits for it but
 * the first.
 */
final class Backlog {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  /** Counting takes at most this part of the time. */
  private static final int SHARE = 50;

  private final WaitingJobs waitingJobs;
  private final QueueSettings settings;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /**
   * @param goodFor how many nanoseconds after {@code at} it is counted again
   */
  private record Count(int waiting, long at, long goodFor) {
    boolean isOld() {
      return System.nanoTime() - at > goodFor;
    }

    Count plusOne() {
      return new Count(waiting + 1, at, goodFor);
    }
  }

  Backlog(WaitingJobs waitingJobs, QueueSettings settings) {
    this.waitingJobs = waitingJobs;
    this.settings = settings;
  }

  void requireRoom(String tenant) {
    int limit = settings.limits(tenant).waiting();
    if (counts.computeIfAbsent(tenant, this::count).waiting() >= limit) {
      throw RequestException.busy(limit + " jobs wait already.");
    }
  }

  void added(String tenant) {
    counts.computeIfPresent(tenant, (name, count) -> count.plusOne());
  }

  /** Counts anew where it is time. */
  void refresh() {
    counts.forEach(
        (tenant, before) -> {
          if (before.isOld()) {
            counts.put(tenant, count(tenant));
          }
        });
  }

  private Count count(String tenant) {
    long start = System.nanoTime();
    int waiting = waitingJobs.count(tenant, settings.limits(tenant).waiting());
    long end = System.nanoTime();
    return new Count(waiting, end, Math.max(FRESH_NANOS, SHARE * (end - start)));
  }
}
