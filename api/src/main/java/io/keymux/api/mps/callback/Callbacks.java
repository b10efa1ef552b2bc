package io.keymux.api.mps.callback;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.courier.Courier;
import io.keymux.api.courier.Lanes;
import io.keymux.api.courier.Outbox;
import io.keymux.api.mps.task.CallbackStore;
import io.keymux.api.mps.task.PendingCallback;
import io.keymux.api.mps.task.TaskProgress;
import io.keymux.api.mps.task.Tasks;
import io.keymux.api.mps.wish.NotifyWish;
import io.keymux.cpix.DrmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients how far their tasks are. A message that does not arrive is tried {@value #TRIES}
 * times in nearly two days. A receiver that hangs holds up nobody else.
 */
public final class Callbacks implements Outbox<PendingCallback> {
  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
  private static final int THREADS = 16;
  static final int TRIES = 16;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration HOLD = Duration.ofSeconds(1);

  private final CallbackStore store;
  private final Tasks tasks;
  private final Delivery delivery;
  private final Lanes lanes = new Lanes(HOLD);
  private final Clock clock;

  private Callbacks(CallbackStore store, Tasks tasks, MpsSettings settings, Clock clock) {
    this.store = store;
    this.tasks = tasks;
    this.delivery = new Delivery(settings);
    this.clock = clock;
  }

  /** Begins to look; what was not delivered when it is closed stays in the store. */
  public static Courier<PendingCallback> start(
      CallbackStore store, Tasks tasks, MpsSettings settings, Clock clock) {
    Courier<PendingCallback> courier =
        Courier.start("mps-callbacks", new Callbacks(store, tasks, settings, clock), THREADS, LOOK);
    courier.every(Duration.ofHours(1), tasks::forget);
    return courier;
  }

  @Override
  public List<PendingCallback> take(int limit) {
    return store.take(clock.instant(), limit);
  }

  @Override
  public void giveBack(PendingCallback callback) {
    store.keep(callback.later(clock.instant()));
  }

  @Override
  public void send(PendingCallback callback) throws InterruptedException {
    Optional<TaskProgress> progress = tasks.progress(callback.tenant(), callback.taskId());
    if (progress.isEmpty()) {
      store.remove(callback.taskId());
    } else {
      send(callback, progress.get());
    }
  }

  private void send(PendingCallback callback, TaskProgress progress) throws InterruptedException {
    Instant now = clock.instant();
    Duration look = look(Duration.between(progress.task().created(), now));
    if (progress.status().equals("WAITING") || progress.mark().equals(callback.told())) {
      store.keep(callback.later(now.plus(look)));
      return;
    }
    NotifyWish wish;
    String lane;
    try {
      wish = store.open(callback);
      lane = callback.tenant() + " " + Delivery.receiver(wish.target());
    } catch (RuntimeException e) {
      failed(callback, e);
      return;
    }
    if (!progress.finished() && !wish.everyChange()) {
      store.keep(callback.later(now.plus(look)));
    } else if (lanes.entered(lane, now)) {
      deliver(callback, progress, wish, lane);
    } else {
      store.keep(callback.later(now.plus(LOOK).plus(lanes.hold(lane))));
    }
  }

  private void deliver(
      PendingCallback callback, TaskProgress progress, NotifyWish wish, String lane)
      throws InterruptedException {
    Instant now = clock.instant();
    try {
      delivery.send(wish, Message.of(progress, wish.key(), now), now);
    } catch (InterruptedException e) {
      lanes.leave(lane);
      throw e;
    } catch (RuntimeException e) {
      lanes.failed(lane, clock.instant());
      failed(callback, e);
      return;
    }
    lanes.arrived(lane);
    if (progress.finished()) {
      store.remove(callback.taskId());
    } else {
      store.keep(callback.told(progress.mark(), now.plus(LOOK)));
    }
  }

  /** A task that takes long is looked at less often: a tenth of its age is noticed by nobody. */
  static Duration look(Duration age) {
    Duration pause = age.dividedBy(10);
    return pause.compareTo(LOOK) < 0
        ? LOOK
        : pause.compareTo(LONGEST_LOOK) < 0 ? pause : LONGEST_LOOK;
  }

  private void failed(PendingCallback callback, RuntimeException why) {
    int failures = callback.failures() + 1;
    String problem = "internal";
    if (why instanceof DrmException known) {
      problem = known.getMessage();
    } else {
      log.error("the callback of task {} failed", callback.taskId(), why);
    }
    if (failures >= TRIES) {
      log.warn(
          "the callback of task {} is given up after {} tries: {}",
          callback.taskId(),
          failures,
          problem);
      store.remove(callback.taskId());
      return;
    }
    log.info("the callback of task {} did not arrive: {}", callback.taskId(), problem);
    store.keep(callback.failed(clock.instant().plus(pause(failures))));
  }

  /** Doubles with every failure. */
  static Duration pause(int failures) {
    return FIRST_PAUSE.multipliedBy(1L << (failures - 1));
  }
}
