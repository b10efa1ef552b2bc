package io.keymux.packager.write;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs fragment tasks on a fixed number of threads, which take them in order: the part before one's
 * own in a file is always done or in work, so waiting for its size ends.
 */
final class FragmentPool {
  private final List<TrackPlan> plans;
  private final List<FragmentTask> tasks;
  private final int workers;
  private final ByteProgress progress;
  private final CancelToken cancel;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  FragmentPool(
      List<TrackPlan> plans,
      List<FragmentTask> tasks,
      int workers,
      ByteProgress progress,
      CancelToken cancel) {
    this.plans = plans;
    this.tasks = tasks;
    this.workers = Math.min(workers, Math.max(1, tasks.size()));
    this.progress = progress;
    this.cancel = cancel;
  }

  /** Returns when all threads have ended; throws the first failure. */
  void run() throws InterruptedException {
    List<Thread> helpers = new ArrayList<>();
    try {
      for (int i = 1; i < workers; i++) {
        Thread helper = new Thread(this::work, "keymux-fragment-" + i);
        helper.start();
        helpers.add(helper);
      }
    } catch (OutOfMemoryError e) {
      // The system gives no more threads; those that run must end before anyone cleans up.
      fail(e);
    }
    work();
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

  private void work() {
    FragmentWriter.Buffers buffers = new FragmentWriter.Buffers();
    @Nullable FragmentWriter[] writers = new FragmentWriter[plans.size()];
    try {
      for (int i = next.getAndIncrement();
          i < tasks.size() && failure.get() == null;
          i = next.getAndIncrement()) {
        cancel.check();
        FragmentTask task = tasks.get(i);
        FragmentWriter writer = writers[task.track()];
        if (writer == null) {
          writer = new FragmentWriter(plans.get(task.track()), buffers);
          writers[task.track()] = writer;
        }
        writer.write(task);
        progress.add(task.fragment().bytes());
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
    tasks.forEach(task -> task.file().abort());
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
