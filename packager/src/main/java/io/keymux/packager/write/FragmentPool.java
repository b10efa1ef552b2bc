package io.keymux.packager.write;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes fragments on a fixed number of threads, which take runs in order: the part before one's
 * own in a file is always done or in work, so waiting for its size ends.
 */
final class FragmentPool {
  private final List<TrackPlan> plans;
  private final List<FragmentRun> runs;
  private final int workers;
  private final ByteProgress progress;
  private final CancelToken cancel;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  FragmentPool(
      List<TrackPlan> plans,
      List<FragmentRun> runs,
      int workers,
      ByteProgress progress,
      CancelToken cancel) {
    this.plans = plans;
    this.runs = runs;
    this.workers = Math.min(workers, Math.max(1, runs.size()));
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
    WorkBuffers buffers = new WorkBuffers();
    @Nullable FragmentWriter[] writers = new FragmentWriter[plans.size()];
    try {
      for (int i = next.getAndIncrement();
          i < runs.size() && failure.get() == null;
          i = next.getAndIncrement()) {
        cancel.check();
        FragmentRun run = runs.get(i);
        FragmentWriter writer = writers[run.track()];
        if (writer == null) {
          writer = new FragmentWriter(plans.get(run.track()), buffers);
          writers[run.track()] = writer;
        }
        writer.write(run, this::written);
      }
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      fail(e);
    }
  }

  private void written(int bytes) {
    progress.add(bytes);
    cancel.check();
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    runs.forEach(run -> run.file().abort());
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
