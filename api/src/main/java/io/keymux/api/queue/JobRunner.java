package io.keymux.api.queue;

import io.keymux.api.config.QueueSettings;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobOrder;
import io.keymux.api.job.JobOutput;
import io.keymux.api.job.JobPreparation;
import io.keymux.api.job.JobState;
import io.keymux.api.job.PreparedJob;
import io.keymux.api.logging.LogEncoder;
import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.problem.Problem;
import io.keymux.api.store.Attempt;
import io.keymux.api.store.Attempts;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.RunningJobs;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs jobs that the scheduler hands out, each on the calling thread. */
final class JobRunner {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  private final JobStore store;
  private final Attempts attempts;
  private final JobPreparation preparation;
  private final OrderSealer sealer;
  private final JobEngine engine;
  private final QueueSettings settings;
  private final Consumer<String> changed;
  private final Map<Attempt, RunningJob> running = new ConcurrentHashMap<>();
  private final QueueCounts counts = new QueueCounts();

  /**
   * @param changed told of each job that has a new event
   */
  JobRunner(
      JobStore store,
      Attempts attempts,
      JobPreparation preparation,
      OrderSealer sealer,
      JobEngine engine,
      QueueSettings settings,
      Consumer<String> changed) {
    this.store = store;
    this.attempts = attempts;
    this.preparation = preparation;
    this.sealer = sealer;
    this.engine = engine;
    this.settings = settings;
    this.changed = changed;
  }

  /**
   * Starts the job, if it is still to be done, and works on it to the end of this attempt.
   *
   * @throws io.keymux.api.database.DatabaseException if the database is away for long; the job then
   *     is where it was, and its attempt runs out
   */
  void run(String jobId) {
    MDC.put(LogEncoder.JOB, jobId);
    try {
      claim(jobId);
    } finally {
      MDC.remove(LogEncoder.JOB);
    }
  }

  private void claim(String jobId) {
    Attempts.Claim claim =
        Patience.ask(() -> attempts.claim(jobId, settings.tries(), exhausted(settings.tries())));
    changed.accept(jobId);
    if (!(claim instanceof Attempts.Claim.Started started)) {
      return;
    }
    RunningJob job = new RunningJob(started.attempt());
    running.put(job.attempt(), job);
    try {
      run(job);
    } finally {
      running.remove(job.attempt());
      changed.accept(jobId);
    }
  }

  private void run(RunningJob job) {
    String jobId = job.attempt().jobId();
    int tried = 0;
    try {
      Job kept = Patience.ask(() -> store.find(jobId)).orElseThrow();
      tried = kept.attempts();
      PreparedJob prepared = prepared(kept);
      AttemptGuard guard = new AttemptGuard(job, attempts);
      if (job.attempt().number() > 1) {
        guard.check();
        LeftBehind.remove(prepared.job().output(), jobId);
      }
      ProgressReport progress = new ProgressReport(job, attempts, () -> changed.accept(jobId));
      engine.run(
          prepared.ofAttempt(jobId, job.attempt().number()), progress, job.cancelToken(), guard);
      JobOutput output = JobOutput.of(prepared, kept.spec());
      if (!Patience.ask(() -> attempts.succeed(job.attempt(), output))) {
        superseded(job);
      }
    } catch (InterruptedException e) {
      job.stop(RunningJob.Stop.GIVEN_BACK);
      Thread.interrupted();
      stopped(job);
    } catch (DrmException e) {
      if (job.stopped() == RunningJob.Stop.NONE) {
        failed(job, ErrorMapping.describe(e), tried);
      } else {
        stopped(job);
      }
    } catch (RuntimeException | Error e) {
      log.error("job {} failed", jobId, e);
      finish(job, JobState.FAILED, ErrorMapping.bug());
    }
  }

  private PreparedJob prepared(Job kept) {
    JobOrder order =
        Patience.ask(() -> store.sealed(kept.id()))
            .map(secret -> sealer.open(kept, secret))
            .orElseGet(() -> JobOrder.of(kept.spec()));
    return Patience.ask(
        () -> preparation.prepare(kept.tenant(), order.spec(), order.secrets(), kept.id()));
  }

  private void failed(RunningJob job, Problem why, int tried) {
    if (!why.retryable() || tried >= settings.tries()) {
      finish(job, JobState.FAILED, why);
    } else {
      giveBack(job, why, settings.delayAfter(tried));
    }
  }

  private void stopped(RunningJob job) {
    switch (job.stopped()) {
      case NONE -> throw new IllegalStateException("nobody stopped " + job.attempt());
      case CANCELLED -> finish(job, JobState.CANCELLED, null);
      case SUPERSEDED -> superseded(job);
      case GIVEN_BACK -> giveBack(job, null, Duration.ZERO);
    }
  }

  private void giveBack(RunningJob job, @Nullable Problem why, Duration pause) {
    if (!Patience.ask(() -> attempts.giveBack(job.attempt(), why, pause))) {
      superseded(job);
    }
  }

  private void finish(RunningJob job, JobState end, @Nullable Problem why) {
    if (!Patience.ask(() -> attempts.finish(job.attempt(), end, why))) {
      superseded(job);
    }
  }

  private void superseded(RunningJob job) {
    counts.superseded();
    log.warn("{} was superseded and published nothing", job.attempt());
  }

  private static Problem exhausted(int tries) {
    return ErrorMapping.describe(
        new DrmException(
            Blame.OUTPUT,
            "attempts-exhausted",
            "The job was started %d times, and its worker ended each time.".formatted(tries),
            "Look into the logs of the workers; it may need more memory than they have."));
  }

  QueueCounts counts() {
    return counts;
  }

  int count() {
    return running.size();
  }

  /** Whether any attempt of a job runs here, even one that was superseded. */
  boolean runs(String jobId) {
    return running.keySet().stream().anyMatch(attempt -> attempt.jobId().equals(jobId));
  }

  /** Stops what is to be stopped by what the database says. */
  void obey(RunningJobs jobs) {
    Collection<RunningJob> now = List.copyOf(running.values());
    RunningJobs.Orders orders = jobs.orders(now.stream().map(RunningJob::attempt).toList());
    for (RunningJob job : now) {
      if (!orders.goOn().contains(job.attempt())) {
        job.stop(RunningJob.Stop.SUPERSEDED);
      } else if (orders.cancel().contains(job.attempt())) {
        job.stop(RunningJob.Stop.CANCELLED);
      }
    }
  }

  /** Lets other workers go on with all jobs. */
  void giveBack() {
    running.values().forEach(job -> job.stop(RunningJob.Stop.GIVEN_BACK));
  }
}
