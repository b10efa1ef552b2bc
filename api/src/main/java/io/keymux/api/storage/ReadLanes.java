package io.keymux.api.storage;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for remote files. Each source has a few of them at most, so that one whose
 * server holds all that it gets slows down nobody else.
 */
final class ReadLanes implements AutoCloseable {
  static final int PER_SOURCE = 16;
  private static final int THREADS = 128;

  /** What only saves time later is left out where so much waits already. */
  private static final int MOST_OPTIONAL = 10_000;

  private final ThreadPoolExecutor threads;

  /** Of sources that have something to do; guarded by itself. */
  private final Map<String, Lane> lanes = new HashMap<>();

  private static final class Lane {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
  }

  ReadLanes() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "keymux-storage-read");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws RejectedExecutionException after {@link #close}
   */
  void run(String source, Runnable task) {
    if (enter(source, task, Integer.MAX_VALUE)) {
      start(source, task);
    }
  }

  /** As {@link #run}, or not at all. */
  void runIfFree(String source, Runnable task) {
    if (enter(source, task, MOST_OPTIONAL)) {
      start(source, task);
    }
  }

  /** Whether the task may start at once; else it waits, unless too many do. */
  private boolean enter(String source, Runnable task, int mostWaiting) {
    synchronized (lanes) {
      Lane lane = lanes.computeIfAbsent(source, key -> new Lane());
      if (lane.running < PER_SOURCE) {
        lane.running++;
        return true;
      }
      if (lane.waiting.size() < mostWaiting) {
        lane.waiting.add(task);
      }
      return false;
    }
  }

  private void start(String source, Runnable task) {
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            Runnable next = next(source);
            if (next != null) {
              start(source, next);
            }
          }
        });
  }

  private @Nullable Runnable next(String source) {
    synchronized (lanes) {
      Lane lane = lanes.get(source);
      if (lane == null) {
        return null;
      }
      Runnable next = lane.waiting.poll();
      if (next == null) {
        lane.running--;
        if (lane.running == 0) {
          lanes.remove(source);
        }
      }
      return next;
    }
  }

  @Override
  public void close() {
    synchronized (lanes) {
      lanes.clear();
    }
    threads.shutdownNow();
  }
}
