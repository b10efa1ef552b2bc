package io.keymux.api.queue;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.database.DatabaseClock;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.Releases;
import io.keymux.api.store.RunningJobs;
import io.keymux.api.store.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to happen again and again: jobs released, running ones told of cancellation, attempts of
 * dead workers repeated, old jobs forgotten. Each node does all of it; none depends on another.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final long TICK_MILLIS = 1_000;
  private static final long RARELY_TICKS = 60;
  private static final int FORGOTTEN_AT_ONCE = 500;
  private static final Duration SUBMISSIONS_KEPT = Duration.ofDays(3);

  private final DatabaseClock clock;
  private final Releases releases;
  private final Turns turns;
  private final SilentWorkers silent;
  private final RunningJobs runningJobs;
  private final JobStore store;
  private final JobRunner runner;
  private final Scheduling scheduling;
  private final Backlog backlog;
  private final DataDirectory data;
  private final QueueSettings settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "keymux-housekeeping"));

  /** Of its own: deleting large outputs takes long. */
  private final ExecutorService forgetting =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "keymux-forgetting"));

  private final AtomicBoolean nudged = new AtomicBoolean();
  private volatile boolean draining;
  private long ticks;

  Housekeeping(
      DatabaseClock clock,
      Releases releases,
      Turns turns,
      SilentWorkers silent,
      RunningJobs runningJobs,
      JobStore store,
      JobRunner runner,
      Scheduling scheduling,
      Backlog backlog,
      DataDirectory data,
      QueueSettings settings) {
    this.clock = clock;
    this.releases = releases;
    this.turns = turns;
    this.silent = silent;
    this.runningJobs = runningJobs;
    this.store = store;
    this.runner = runner;
    this.scheduling = scheduling;
    this.backlog = backlog;
    this.data = data;
    this.settings = settings;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** There may be a job to release. */
  void nudge() {
    if (!thread.isShutdown() && nudged.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            nudged.set(false);
            guarded(this::release);
          });
    }
  }

  /** Releases no more jobs; those that run are still looked after. */
  void drain() {
    draining = true;
  }

  private void tick() {
    guarded(() -> runner.obey(runningJobs));
    guarded(this::release);
    guarded(this::recover);
    guarded(() -> turns.give(Scheduling.TASK));
    guarded(backlog::refresh);
    if (ticks++ % RARELY_TICKS == 0) {
      guarded(clock::refresh);
      guarded(() -> releases.hasten(settings.longestDelay()));
      forgetting.execute(() -> guarded(this::forget));
    }
  }

  private void release() {
    if (!draining
        && releases.release(tenant -> settings.limits(tenant).running(), scheduling.adding()) > 0) {
      turns.give(Scheduling.TASK);
      scheduling.look();
    }
  }

  private void recover() {
    int revived = silent.revive();
    runner.counts().revived(revived);
    List<String> lost = releases.lost(Scheduling.TASK);
    lost.forEach(scheduling::add);
    if (revived + lost.size() > 0) {
      log.warn("{} attempts of dead workers are repeated, {} lost jobs", revived, lost.size());
      scheduling.look();
    }
  }

  private void forget() {
    Instant now = clock.instant();
    store.forgetSubmissions(now.minus(SUBMISSIONS_KEPT));
    for (String id : store.finishedBefore(now.minus(settings.retention()), FORGOTTEN_AT_ONCE)) {
      if (store.delete(id)) {
        data.deleteOutputOf(id);
      }
    }
  }

  /** Whatever goes wrong: a task that throws is never run again. */
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (DatabaseException e) {
      log.warn("the database does not answer: {}", e.problem());
    } catch (RuntimeException | Error e) {
      log.error("housekeeping failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    forgetting.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
      forgetting.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
