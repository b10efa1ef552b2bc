package io.keymux.api.queue;

import io.keymux.api.database.DatabaseException;
import io.keymux.api.job.JobEvent;
import io.keymux.api.store.JobEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of events, whichever node they come from. One thread asks the database for all of
 * them together; listeners hold none.
 */
final class EventFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
  private static final long INTERVAL_MILLIS = Duration.ofMillis(500).toMillis();
  private static final int JOBS_A_QUERY = 500;

  private final JobEvents events;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "keymux-events"));
  private final Map<String, List<Place>> watched = new ConcurrentHashMap<>();

  /** Told of events of a job, on the feed's thread: it must not wait for anything. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param next in order; empty if the job was deleted, and nothing more comes
     */
    void happened(List<JobEvent> next);
  }

  /** A listener and how far it is. */
  private static final class Place {
    private final Listener listener;
    private long seen;

    Place(Listener listener, long seen) {
      this.listener = listener;
      this.seen = seen;
    }
  }

  EventFeed(JobEvents events) {
    this.events = events;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> look(Set.copyOf(watched.keySet())),
            INTERVAL_MILLIS,
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /**
   * Tells a listener of what comes behind an event, until it is told to stop.
   *
   * @param after the number of the last event that it knows
   * @return ends it
   */
  Runnable listen(String jobId, long after, Listener listener) {
    Place place = new Place(listener, after);
    watched.compute(
        jobId,
        (id, before) -> {
          List<Place> now = before == null ? new CopyOnWriteArrayList<>() : before;
          now.add(place);
          return now;
        });
    changed(jobId);
    return () ->
        watched.computeIfPresent(
            jobId,
            (id, now) -> {
              now.remove(place);
              return now.isEmpty() ? null : now;
            });
  }

  /** Something happened to a job, in this process. */
  void changed(String jobId) {
    if (watched.containsKey(jobId) && !thread.isShutdown()) {
      thread.execute(() -> look(Set.of(jobId)));
    }
  }

  private void look(Set<String> jobIds) {
    try {
      List<String> ids = List.copyOf(jobIds);
      for (int from = 0; from < ids.size(); from += JOBS_A_QUERY) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + JOBS_A_QUERY));
        Map<String, Long> last = events.last(some);
        last.forEach(this::tell);
        some.stream().filter(id -> !last.containsKey(id)).forEach(this::tellGone);
      }
    } catch (DatabaseException e) {
      log.warn("events cannot be read now: {}", e.problem());
    } catch (RuntimeException | Error e) {
      log.error("events cannot be told", e);
    }
  }

  private void tell(String jobId, long last) {
    List<Place> places = places(jobId);
    long known = places.stream().mapToLong(place -> place.seen).min().orElse(last);
    if (known >= last) {
      return;
    }
    List<JobEvent> fresh = events.after(jobId, known);
    for (Place place : places) {
      List<JobEvent> next = new ArrayList<>(fresh);
      next.removeIf(event -> event.id() <= place.seen);
      if (!next.isEmpty()) {
        place.seen = next.get(next.size() - 1).id();
        place.listener.happened(List.copyOf(next));
      }
    }
  }

  private void tellGone(String jobId) {
    places(jobId).forEach(place -> place.listener.happened(List.of()));
  }

  private List<Place> places(String jobId) {
    return watched.getOrDefault(jobId, List.of());
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
