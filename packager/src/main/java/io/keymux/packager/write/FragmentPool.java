package io.keymux.packager.write;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.parallel.ByteProgress;
import io.keymux.packager.parallel.WorkerPool;
import io.keymux.packager.plan.TrackPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes fragments on a fixed number of threads, which take runs in order: the part before one's
 * own in a file is always done or in work, so waiting for its size ends.
 */
final class FragmentPool {
  private final List<TrackPlan> plans;
  private final List<FragmentRun> runs;
  private final SampleEncryptors encryptors;
  private final int workers;
  private final ByteProgress progress;
  private final CancelToken cancel;

  FragmentPool(
      List<TrackPlan> plans,
      List<FragmentRun> runs,
      SampleEncryptors encryptors,
      int workers,
      ByteProgress progress,
      CancelToken cancel) {
    this.plans = plans;
    this.runs = runs;
    this.encryptors = encryptors;
    this.workers = workers;
    this.progress = progress;
    this.cancel = cancel;
  }

  /** Returns when all threads have ended; throws the first failure. */
  void run() throws InterruptedException {
    Runnable wake = () -> runs.forEach(run -> run.file().abort());
    new WorkerPool(runs.size(), workers, cancel, wake).run(Worker::new);
  }

  /** One thread. */
  private final class Worker implements WorkerPool.Worker {
    private final WorkBuffers buffers = new WorkBuffers();
    private final @Nullable FragmentWriter[] writers = new FragmentWriter[plans.size()];

    @Override
    public void run(int task) throws InterruptedException {
      FragmentRun run = runs.get(task);
      FragmentWriter writer = writers[run.track()];
      if (writer == null) {
        writer = new FragmentWriter(plans.get(run.track()), encryptors, buffers);
        writers[run.track()] = writer;
      }
      writer.write(run, this::written);
    }

    private void written(int bytes) {
      progress.add(bytes);
      cancel.check();
    }
  }
}
