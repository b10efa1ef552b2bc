package io.keymux.api.queue;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseClock;
import io.keymux.api.envelope.Envelope;
import io.keymux.api.job.JobEvent;
import io.keymux.api.job.JobPreparation;
import io.keymux.api.problem.RequestException;
import io.keymux.api.store.Attempts;
import io.keymux.api.store.JobEvents;
import io.keymux.api.store.JobReports;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.JobWatcher;
import io.keymux.api.store.LifeSigns;
import io.keymux.api.store.Releases;
import io.keymux.api.store.RunningJobs;
import io.keymux.api.store.Turns;
import io.keymux.api.store.WaitingJobs;
import io.keymux.packager.tool.OrphanedTools;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of those that share a database: it takes jobs from the queue and works on them. */
public final class JobQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

  /** A job looks often whether it is to stop. */
  private static final Duration GIVING_BACK = Duration.ofSeconds(10);

  private final QueueSettings settings;
  private final EventFeed feed;
  private final JobRunner runner;
  private final Scheduling scheduling;
  private final Housekeeping housekeeping;
  private final OutputSweep sweep;
  private final Backlog backlog;
  private final JobService service;
  private final DatabaseClock clock;
  private volatile boolean started;
  private volatile boolean stopping;

  /**
   * @param database stays open when the queue is closed
   * @param clock of all nodes together
   * @param data with the output of jobs that name none
   * @param envelope hides secrets of jobs from the database
   * @param watcher told of what becomes of jobs
   */
  public JobQueue(
      Database database,
      DatabaseClock clock,
      DataDirectory data,
      Envelope envelope,
      JobPreparation preparation,
      JobEngine engine,
      QueueSettings settings,
      JobWatcher watcher) {
    this.settings = settings;
    this.clock = clock;
    JobStore store = new JobStore(database);
    JobEvents events = new JobEvents(database);
    Attempts attempts = new Attempts(database, clock, watcher);
    OrderSealer sealer = new OrderSealer(envelope);
    feed = new EventFeed(events);
    runner = new JobRunner(store, attempts, preparation, sealer, engine, settings, feed::changed);
    scheduling = new Scheduling(database, clock, settings, runner::run);
    Releases releases = new Releases(database, clock);
    LifeSigns lifeSigns = new LifeSigns(database, attempts, settings::delayAfter);
    SilentWorkers silent =
        new SilentWorkers(
            lifeSigns,
            settings.heartbeat(),
            QueueSettings.MISSED_HEARTBEATS,
            System::nanoTime,
            clock);
    backlog = new Backlog(new WaitingJobs(database), settings);
    housekeeping =
        new Housekeeping(
            clock,
            releases,
            new Turns(database),
            silent,
            new RunningJobs(database),
            store,
            runner,
            scheduling,
            backlog,
            data,
            settings);
    sweep = new OutputSweep(data, store, runner::runs, clock);
    service =
        new JobService(
            store,
            new JobReports(database),
            events,
            attempts,
            preparation,
            sealer,
            this,
            data,
            clock);
    if (database.isEmbedded()) {
      // Nobody else can have the file open: whoever had picked a job is dead.
      lifeSigns.all().forEach(lifeSigns::revive);
    }
  }

  /** What clients can do. */
  public JobService service() {
    return service;
  }

  /** What went wrong with attempts. */
  public QueueCounts counts() {
    return runner.counts();
  }

  /** The time that all nodes agree on. */
  public Clock clock() {
    return clock;
  }

  /** Ends what a killed node left running on this machine, and starts to work. */
  public void start() {
    int orphans = OrphanedTools.end();
    if (orphans > 0) {
      log.warn("{} programs of a killed process were ended", orphans);
    }
    feed.start();
    scheduling.start();
    housekeeping.start();
    sweep.start();
    started = true;
  }

  /** Whether {@link #start} has happened, so that what jobs need is there. */
  public boolean isStarted() {
    return started;
  }

  /** Whether jobs are taken on; no longer once the service is told to end. */
  public boolean isReady() {
    return started && !stopping;
  }

  /**
   * @throws RequestException with status 503 if a tenant has too many jobs waiting, or the service
   *     stops
   */
  void requireRoom(String tenant) {
    if (stopping) {
      throw RequestException.busy("The service is stopping.");
    }
    backlog.requireRoom(tenant);
  }

  void added(String tenant) {
    backlog.added(tenant);
    housekeeping.nudge();
  }

  void changed(String jobId) {
    feed.changed(jobId);
  }

  Runnable listen(String jobId, long after, Consumer<List<JobEvent>> listener) {
    return feed.listen(jobId, after, listener::accept);
  }

  CompletableFuture<Boolean> ended(String jobId, long after, Duration patience) {
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    Runnable stop =
        feed.listen(
            jobId,
            after,
            next -> {
              if (next.isEmpty() || next.get(next.size() - 1).type().equals("end")) {
                end.complete(true);
              }
            });
    return end.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((ended, failure) -> stop.run());
  }

  /**
   * Takes no more jobs, lets those that run go on for a while, then gives them to other workers.
   */
  @Override
  public void close() {
    stopping = true;
    housekeeping.drain();
    scheduling.pause();
    awaitIdle(settings.drain());
    runner.giveBack();
    awaitIdle(GIVING_BACK);
    scheduling.stop();
    housekeeping.close();
    sweep.close();
    feed.close();
  }

  private void awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (runner.count() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
