package io.keymux.api.queue;

import io.keymux.api.config.QueueSettings;
import io.keymux.api.problem.RequestException;
import io.keymux.api.store.JobStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many jobs of each tenant wait: counted once a second, and by what was added since. Counting
 * for each submission would cost more than the submission.
 */
final class Backlog {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final JobStore store;
  private final QueueSettings settings;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  private record Count(int waiting, long nanos) {}

  Backlog(JobStore store, QueueSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  void requireRoom(String tenant) {
    int limit = settings.limits(tenant).waiting();
    Count count =
        counts.compute(
            tenant,
            (name, before) ->
                before != null && System.nanoTime() - before.nanos() < FRESH_NANOS
                    ? before
                    : new Count(store.waiting(name, limit), System.nanoTime()));
    if (count.waiting() >= limit) {
      throw RequestException.busy(limit + " jobs wait already.");
    }
  }

  void added(String tenant) {
    counts.computeIfPresent(tenant, (name, count) -> new Count(count.waiting() + 1, count.nanos()));
  }
}
