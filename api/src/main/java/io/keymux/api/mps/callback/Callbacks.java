package io.keymux.api.mps.callback;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.mps.task.CallbackStore;
import io.keymux.api.mps.task.PendingCallback;
import io.keymux.api.mps.task.TaskProgress;
import io.keymux.api.mps.task.Tasks;
import io.keymux.cpix.DrmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients how far their tasks are. It asks the store again and again in place of being told,
 * so that nothing is lost when the service stops in between, and several services can share a
 * store. A message that does not arrive is tried {@value #TRIES} times over a day.
 */
public final class Callbacks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
  private static final int THREADS = 4;
  private static final int AT_ONCE = 20;
  private static final int TRIES = 12;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  private final CallbackStore store;
  private final Tasks tasks;
  private final Delivery delivery;
  private final Clock clock;
  private final ScheduledExecutorService looker;
  private final ExecutorService senders;

  private Callbacks(CallbackStore store, Tasks tasks, MpsSettings settings, Clock clock) {
    this.store = store;
    this.tasks = tasks;
    this.delivery = new Delivery(settings);
    this.clock = clock;
    this.looker =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "keymux-mps-callbacks"));
    this.senders =
        Executors.newFixedThreadPool(THREADS, task -> daemon(task, "keymux-mps-callback"));
  }

  /** Begins to look. */
  public static Callbacks start(
      CallbackStore store, Tasks tasks, MpsSettings settings, Clock clock) {
    Callbacks callbacks = new Callbacks(store, tasks, settings, clock);
    // Both end with the looker alone: they throw nothing.
    var unusedLooking =
        callbacks.looker.scheduleWithFixedDelay(
            callbacks::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    var unusedForgetting =
        callbacks.looker.scheduleWithFixedDelay(callbacks::forget, 0, 1, TimeUnit.HOURS);
    return callbacks;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    try {
      for (PendingCallback callback : store.take(clock.instant(), AT_ONCE)) {
        senders.execute(() -> serve(callback));
      }
    } catch (DatabaseException e) {
      log.warn("callbacks cannot be read: {}", e.problem());
    } catch (RuntimeException e) {
      // The next look may find the store well again; an exception would end all looking.
      log.error("callbacks cannot be read", e);
    }
  }

  private void forget() {
    try {
      tasks.forget();
    } catch (DatabaseException e) {
      log.warn("old tasks are not forgotten: {}", e.problem());
    }
  }

  private void serve(PendingCallback callback) {
    try {
      Optional<TaskProgress> progress = tasks.progress(callback.tenant(), callback.taskId());
      if (progress.isEmpty()) {
        store.remove(callback.taskId());
      } else {
        serve(callback, progress.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("the callback of task {} failed", callback.taskId(), e);
    }
  }

  private void serve(PendingCallback callback, TaskProgress progress) throws InterruptedException {
    Instant now = clock.instant();
    String mark = progress.mark();
    boolean wanted = progress.finished() || callback.wish().everyChange();
    if (!wanted || progress.status().equals("WAITING") || mark.equals(callback.told())) {
      store.keep(callback.later(now.plus(LOOK)));
      return;
    }
    try {
      delivery.send(callback, Notification.of(progress, callback.wish().key(), now), now);
    } catch (DrmException e) {
      failed(callback, e);
      return;
    }
    if (progress.finished()) {
      store.remove(callback.taskId());
    } else {
      store.keep(callback.told(mark, now.plus(LOOK)));
    }
  }

  private void failed(PendingCallback callback, DrmException why) {
    int failures = callback.failures() + 1;
    if (failures >= TRIES) {
      log.warn(
          "the callback of task {} is given up after {} tries: {}",
          callback.taskId(),
          failures,
          why.getMessage());
      store.remove(callback.taskId());
      return;
    }
    log.info("the callback of task {} did not arrive: {}", callback.taskId(), why.getMessage());
    store.keep(callback.failed(clock.instant().plus(pause(failures))));
  }

  /** Doubles with every failure. */
  static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Stops; what was not delivered stays in the store. */
  @Override
  public void close() {
    looker.shutdownNow();
    senders.shutdownNow();
  }
}
