package io.keymux.packager.parallel;

import io.keymux.packager.job.CancelToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does numbered tasks on a fixed number of threads, which take them in order: all tasks before
 * one's own are done or in work, so waiting for something from them ends.
 */
public final class WorkerPool {
  private final int tasks;
  private final int workers;
  private final CancelToken cancel;
  private final Runnable onFailure;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** What one thread does; it has memory of its own. */
  public interface Worker {
    /**
     * @param task its number, from 0
     */
    void run(int task) throws InterruptedException;
  }

  /**
   * @param onFailure wakes workers that wait for each other; may be called several times, by any
   *     thread
   */
  public WorkerPool(int tasks, int workers, CancelToken cancel, Runnable onFailure) {
    this.tasks = tasks;
    this.workers = Math.min(workers, Math.max(1, tasks));
    this.cancel = cancel;
    this.onFailure = onFailure;
  }

  /** Returns when all threads have ended; throws the first failure. */
  public void run(Supplier<? extends Worker> worker) throws InterruptedException {
    List<Thread> helpers = new ArrayList<>();
    try {
      for (int i = 1; i < workers; i++) {
        Thread helper = new Thread(() -> work(worker), "keymux-worker-" + i);
        helper.start();
        helpers.add(helper);
      }
    } catch (OutOfMemoryError e) {
      // The system gives no more threads; those that run must end before anyone cleans up.
      fail(e);
    }
    work(worker);
    boolean interrupted = Thread.interrupted();
    for (Thread helper : helpers) {
      interrupted |= join(helper);
    }
    Throwable first = failure.get();
    if (interrupted || first instanceof InterruptedException) {
      throw new InterruptedException("packaging was interrupted");
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
  }

  private void work(Supplier<? extends Worker> supplier) {
    try {
      Worker worker = supplier.get();
      for (int i = next.getAndIncrement();
          i < tasks && failure.get() == null;
          i = next.getAndIncrement()) {
        cancel.check();
        worker.run(i);
      }
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      fail(e);
    }
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    onFailure.run();
  }

  /** Waits for a thread whatever happens: it still writes to files that will be deleted. */
  private boolean join(Thread helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        fail(e);
      }
    }
  }
}
