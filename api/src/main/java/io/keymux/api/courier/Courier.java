package io.keymux.api.courier;

import io.keymux.api.database.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in an {@link Outbox}. It asks the table again and again in place of being told, so
 * that nothing is lost when the service stops in between, and several services can share the table.
 *
 * @param <M> a message
 */
public final class Courier<M> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String name;
  private final Outbox<M> outbox;
  private final Semaphore idle;
  private final ScheduledExecutorService looker;
  private final ExecutorService senders;

  private Courier(String name, Outbox<M> outbox, int threads) {
    this.name = name;
    this.outbox = outbox;
    this.idle = new Semaphore(threads);
    this.looker = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "look"));
    this.senders = Executors.newFixedThreadPool(threads, task -> thread(task, "send"));
  }

  private Thread thread(Runnable task, String what) {
    Thread thread = new Thread(task, "keymux-" + name + "-" + what);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to look.
   *
   * @param name of the messages, as logs and threads show it
   * @param threads how many are sent at once
   * @param pause between two looks
   */
  public static <M> Courier<M> start(String name, Outbox<M> outbox, int threads, Duration pause) {
    Courier<M> courier = new Courier<>(name, outbox, threads);
    var unused =
        courier.looker.scheduleWithFixedDelay(
            courier::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return courier;
  }

  /** Does something else now and then; what it throws is logged. */
  public void every(Duration pause, Runnable chore) {
    var unused =
        looker.scheduleWithFixedDelay(
            () -> guarded(chore), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    guarded(
        () -> {
          while (idle.availablePermits() > 0 && !looker.isShutdown()) {
            List<M> taken = outbox.take(idle.availablePermits());
            if (taken.isEmpty()) {
              return;
            }
            for (M message : taken) {
              idle.acquireUninterruptibly();
              senders.execute(() -> send(message));
            }
          }
        });
  }

  private void send(M message) {
    boolean full;
    try {
      guarded(
          () -> {
            try {
              outbox.send(message);
            } catch (InterruptedException e) {
              // The flag stays down: the table is still to be told.
              outbox.giveBack(message);
            }
          });
    } finally {
      full = idle.availablePermits() == 0;
      idle.release();
    }
    if (full && !looker.isShutdown()) {
      looker.execute(this::look);
    }
  }

  /** An exception would end all looking; the next look may find the table well again. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (DatabaseException e) {
      log.warn("{}: the database does not answer: {}", name, e.problem());
    } catch (RuntimeException e) {
      log.error("{} failed", name, e);
    }
  }

  /** Takes no more; what is being sent gets a moment to end, or is given back. */
  @Override
  public void close() {
    looker.shutdown();
    boolean ended = ended(looker);
    senders.shutdown();
    if (!ended(senders) || !ended) {
      senders.shutdownNow();
      ended(senders);
    }
  }

  private static boolean ended(ExecutorService threads) {
    try {
      return threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
