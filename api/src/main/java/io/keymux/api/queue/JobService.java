package io.keymux.api.queue;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobEvent;
import io.keymux.api.job.JobOrder;
import io.keymux.api.job.JobPreparation;
import io.keymux.api.job.JobSecrets;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.job.PreparedJob;
import io.keymux.api.json.Json;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import io.keymux.api.store.Attempts;
import io.keymux.api.store.JobEvents;
import io.keymux.api.store.JobReports;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.NewJob;
import io.keymux.api.store.Submission;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that clients can do with jobs. Safe for use by several threads. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
public final class JobService {
  private static final int MOST_SPEC_CHARACTERS = 1_000_000;
  private static final int MOST_OUTPUT_CHARACTERS = 4096;

  private final JobStore store;
  private final JobReports reports;
  private final JobEvents events;
  private final Attempts attempts;
  private final JobPreparation preparation;
  private final OrderSealer sealer;
  private final JobQueue queue;
  private final DataDirectory data;
  private final Clock clock;
  private final JobIds ids;

  JobService(
      JobStore store,
      JobReports reports,
      JobEvents events,
      Attempts attempts,
      JobPreparation preparation,
      OrderSealer sealer,
      JobQueue queue,
      DataDirectory data,
      Clock clock) {
    this.store = store;
    this.reports = reports;
    this.events = events;
    this.attempts = attempts;
    this.preparation = preparation;
    this.sealer = sealer;
    this.queue = queue;
    this.data = data;
    this.clock = clock;
    this.ids = new JobIds(clock, new SecureRandom());
  }

  /**
   * Accepts a job; it is checked now and run later.
   *
   * @param tenant whose it is
   * @param submission what makes two submissions the same, or null
   * @return the job, which may be one accepted before, as it was then
   * @throws RequestException with status 422 and pointers if it cannot be done, 409 if the
   *     idempotency key was used with another body, 503 if too many jobs wait or the service stops
   */
  public Job submit(String tenant, JobSpec spec, @Nullable Submission submission) {
    // Whether it could be done now does not matter to a job that was accepted.
    return before(tenant, submission)
        .orElseGet(() -> keep(tenant, submission, fresh(tenant, JobOrder.of(spec))));
  }

  private Optional<Job> before(String tenant, @Nullable Submission submission) {
    return submission == null ? Optional.empty() : store.sentBefore(tenant, submission);
  }

  private Job keep(String tenant, @Nullable Submission submission, NewJob fresh) {
    JobStore.Kept kept = store.keep(fresh, submission);
    if (kept.isNew()) {
      queue.added(tenant);
    }
    return kept.job();
  }

  /**
   * Accepts several jobs that belong together, or none of them.
   *
   * @param together kept with them in one transaction; if it throws, nothing is kept
   * @return the jobs in the order of {@code orders}
   * @throws RequestException as {@link #submit}, of the first order that cannot be done
   */
  public List<Job> submitAll(String tenant, List<JobOrder> orders, Together together) {
    List<NewJob> fresh = orders.stream().map(order -> fresh(tenant, order)).toList();
    List<Job> jobs = fresh.stream().map(NewJob::job).toList();
    store.keepAll(fresh, connection -> together.keep(connection, jobs));
    jobs.forEach(job -> queue.added(tenant));
    return jobs;
  }

  /** What is kept with jobs. */
  @FunctionalInterface
  public interface Together {
    /**
     * @param connection within a transaction
     * @param jobs as they will be kept
     */
    void keep(Connection connection, List<Job> jobs) throws SQLException;
  }

  private NewJob fresh(String tenant, JobOrder order) {
    return fresh(tenant, order, ids.next(), null);
  }

  private NewJob fresh(String tenant, JobOrder order, String id, @Nullable String retryOf) {
    queue.requireRoom(tenant);
    JobSpec spec = order.spec();
    String output =
        preparation.prepare(tenant, spec, order.secrets(), id).job().output().toUri().toString();
    requireRoom(spec, output);
    Job job = Job.submitted(id, tenant, spec, clock.instant(), spec.startAt(), retryOf, output);
    return new NewJob(job, sealer.seal(job, order));
  }

  /** Rows have limits, which requests may only come near to by ill will. */
  private static void requireRoom(JobSpec spec, String output) {
    if (Json.line(spec).length() > MOST_SPEC_CHARACTERS) {
      throw RequestException.tooLarge(MOST_SPEC_CHARACTERS);
    }
    if (output.length() > MOST_OUTPUT_CHARACTERS) {
      throw RequestException.invalidValue(
          new FieldError("/output/url", "invalid-value", "is longer than 4096 characters."));
    }
  }

  /** What {@link #submit} would do, without doing it. */
  public PreparedJob prepare(String tenant, JobSpec spec) {
    return preparation.prepare(tenant, spec, JobSecrets.NONE, "plan");
  }

  /**
   * @throws RequestException with status 404 if the tenant has no such job
   */
  public Job get(String tenant, String id) {
    return find(id)
        .filter(job -> job.tenant().equals(tenant))
        .orElseThrow(() -> RequestException.notFound("Job " + shown(id)));
  }

  /** The job, if there is one, whoever's it is. */
  public Optional<Job> find(String id) {
    return JobIds.isOne(id) ? store.find(id) : Optional.empty();
  }

  /** As {@link JobStore#list}. */
  public List<Job> list(
      String tenant, @Nullable JobState state, @Nullable String before, int limit) {
    return store.list(tenant, state, before, limit);
  }

  /**
   * The job once it is in a final state.
   *
   * @param patience after which it is given as it is then
   * @return completed on a thread that must not be held up
   * @throws RequestException as {@link #get}
   */
  public CompletableFuture<Job> ended(String tenant, String id, Duration patience) {
    // Before the state is read: what comes behind is told.
    long last = events.last(List.of(id)).getOrDefault(id, 0L);
    Job now = get(tenant, id);
    if (now.state().terminal() || patience.isZero()) {
      return CompletableFuture.completedFuture(now);
    }
    return queue.ended(id, last, patience).thenApplyAsync(any -> get(tenant, id));
  }

  /** Whether a text has the form of a job's id. */
  public static boolean isId(String text) {
    return JobIds.isOne(text);
  }

  /**
   * Stops a job; one in a final state stays as it is.
   *
   * @return the job, which may still be cancelling
   * @throws RequestException as {@link #get}
   */
  public Job cancel(String tenant, String id) {
    get(tenant, id);
    attempts.cancel(id);
    queue.changed(id);
    return get(tenant, id);
  }

  /**
   * Sends the spec of a job that failed or was cancelled once more, as another job.
   *
   * @param rekey whether it gets other keys: then it asks for them under a content id of its own,
   *     which is that of the first with {@code -r} and the new job's id behind it
   * @throws RequestException as {@link #get} and {@link #submit}; with status 409 if the job did
   *     not fail, 422 if it is to get other keys and has one of the caller's own
   */
  public Job retry(String tenant, String id, boolean rekey, @Nullable Submission submission) {
    return before(tenant, submission)
        .orElseGet(() -> keep(tenant, submission, again(get(tenant, id), rekey)));
  }

  private NewJob again(Job job, boolean rekey) {
    if (job.state() != JobState.FAILED && job.state() != JobState.CANCELLED) {
      throw RequestException.notFailed(job.state().id());
    }
    String id = ids.next();
    JobOrder order =
        store
            .sealed(job.id())
            .map(secret -> sealer.open(job, secret))
            .orElseGet(() -> JobOrder.of(job.spec()));
    if (rekey) {
      if (order.secrets().key() != null) {
        throw RequestException.invalidValue(
            new FieldError("/rekey", "invalid-value", "the key of this job is the caller's own."));
      }
      String contentId =
          preparation
              .prepare(job.tenant(), order.spec(), order.secrets(), job.id())
              .job()
              .contentId();
      order =
          new JobOrder(
              order.spec().withContentId(Rekeyed.contentId(contentId, id)), order.secrets());
    }
    return fresh(job.tenant(), order, id, job.id());
  }

  /**
   * Forgets a job that ended, and deletes its output if that lies in the service's own folder.
   *
   * @throws RequestException as {@link #get}; with status 409 if it has not ended
   */
  public void delete(String tenant, String id) {
    Job job = get(tenant, id);
    if (!store.delete(id)) {
      throw RequestException.notEnded(job.state().id());
    }
    data.deleteOutputOf(id);
  }

  /** As {@link JobReports#find}. */
  public Optional<String> report(String id) {
    return reports.find(id);
  }

  /** As {@link JobEvents#after}. */
  public List<JobEvent> events(String id, long after) {
    return events.after(id, after);
  }

  /**
   * Tells of events as they come.
   *
   * @param after the number of the last event that is known
   * @param listener told on a thread that must not be held up, of several at a time
   * @return ends it
   */
  public Runnable listen(String id, long after, Consumer<List<JobEvent>> listener) {
    return queue.listen(id, after, listener);
  }

  private static String shown(String id) {
    return id.length() > 64 ? id.substring(0, 64) + "…" : id;
  }
}
