package io.keymux.api.job;

import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All that clients can do with jobs. Safe for use by several threads. */
public final class JobService implements AutoCloseable {
  /** How many jobs may wait for a worker. */
  private static final int QUEUE_LIMIT = 1000;

  private final JobStore store;
  private final JobPreparation preparation;
  private final JobRunner runner;
  private final Clock clock;
  private final JobIds ids;
  private final Map<String, EventLog> logs = new ConcurrentHashMap<>();

  /**
   * @param workers how many jobs run at once, at least 1
   */
  public JobService(
      JobStore store, JobPreparation preparation, JobEngine engine, Clock clock, int workers) {
    this.store = store;
    this.preparation = preparation;
    this.clock = clock;
    this.ids = new JobIds(clock, new SecureRandom());
    this.runner = new JobRunner(engine, this::change, clock, workers, QUEUE_LIMIT);
  }

  /**
   * Accepts a job; it is checked now and run later.
   *
   * @param idempotency what makes two submissions the same, or null
   * @return the job, which may be one accepted before
   * @throws RequestException with status 422 and pointers if it cannot be done, 409 if the
   *     idempotency key was used with another body, 503 if too many jobs wait
   */
  public Job submit(JobSpec spec, JobStore.@Nullable Idempotency idempotency) {
    String id = ids.next();
    PreparedJob prepared = preparation.prepare(spec, id);
    Path output = prepared.job().output();
    Job job =
        new Job(
            id,
            JobState.QUEUED,
            JobProgress.NONE,
            0,
            clock.instant(),
            null,
            null,
            spec.labels() == null ? Map.of() : spec.labels(),
            spec.redacted(),
            null,
            output);
    runner.requireRoom();
    JobStore.Kept kept = store.keep(job, idempotency);
    if (kept.isNew()) {
      EventLog log = new EventLog();
      logs.put(id, log);
      log.append("state", stateLine(job));
      runner.start(id, prepared);
    }
    return kept.job();
  }

  /** What {@link #submit} would do, without doing it. */
  public PreparedJob prepare(JobSpec spec) {
    return preparation.prepare(spec, "plan");
  }

  /**
   * @throws RequestException with status 404 if there is no such job
   */
  public Job get(String id) {
    return find(id).orElseThrow(() -> RequestException.notFound("Job " + shown(id)));
  }

  /** The job, if there is one. */
  public Optional<Job> find(String id) {
    return store.find(id);
  }

  /** As {@link JobStore#list}. */
  public List<Job> list(Predicate<Job> filter, @Nullable String before, int limit) {
    return store.list(filter, before, limit);
  }

  /**
   * Waits until the job is in a final state or {@code patience} is over.
   *
   * @return the job as it is then
   */
  public Job await(String id, Duration patience) throws InterruptedException {
    get(id);
    EventLog log = logs.get(id);
    if (log != null) {
      log.awaitEnd(patience);
    }
    return get(id);
  }

  /**
   * Stops a job; one in a final state stays as it is.
   *
   * @return the job, which may still be cancelling
   */
  public Job cancel(String id) {
    get(id);
    runner.cancel(id);
    return get(id);
  }

  /** As {@link EventLog#after}; a job whose events are forgotten has none. */
  public List<JobEvent> events(String id, long after, Duration patience)
      throws InterruptedException {
    EventLog log = logs.get(id);
    return log == null ? List.of() : log.after(after, patience);
  }

  /** Whether no more events will come. */
  public boolean eventsEnded(String id) {
    EventLog log = logs.get(id);
    return log == null || log.ended();
  }

  /** Cancels what runs and waits for it to clean up. */
  @Override
  public void close() {
    runner.close();
  }

  private Job change(String id, UnaryOperator<Job> change) {
    Job[] before = new Job[1];
    Job after =
        store.update(
            id,
            job -> {
              before[0] = job;
              return change.apply(job);
            });
    EventLog log = logs.get(id);
    if (log != null && before[0] != null && !after.equals(before[0])) {
      report(log, before[0], after);
    }
    return after;
  }

  private void report(EventLog log, Job before, Job after) {
    if (after.state() != before.state()) {
      log.append("state", stateLine(after));
    } else {
      log.append("progress", Json.line(after.progress()));
    }
    if (after.state().terminal()) {
      log.append("end", stateLine(after));
      logs.keySet().removeIf(id -> store.find(id).isEmpty());
    }
  }

  private static String stateLine(Job job) {
    return Json.line(
        job.problem() == null
            ? Map.of("state", job.state().id())
            : Map.of("state", job.state().id(), "problem", job.problem()));
  }

  private static String shown(String id) {
    return id.length() > 64 ? id.substring(0, 64) + "…" : id;
  }
}
