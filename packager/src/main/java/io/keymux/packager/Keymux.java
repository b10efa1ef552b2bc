package io.keymux.packager;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.KeyTimeline;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.SegmentPlanner;
import io.keymux.packager.plan.TrackSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in: a packager is set up once and runs any number of jobs, also at the same time.
 *
 * <pre>{@code
 * JobResult result = Keymux.packager().keys(SpekeClient.v2(uri)).run(job);
 * }</pre>
 */
public final class Keymux {
  private final @Nullable KeyExchange keys;
  private final int workers;
  private final Engine engine;
  private final PublishGuard guard;

  private Keymux(@Nullable KeyExchange keys, int workers, Engine engine, PublishGuard guard) {
    this.keys = keys;
    this.workers = workers;
    this.engine = engine;
    this.guard = guard;
  }

  /** A packager with a thread for each processor (fewer if the heap is small) and no keys yet. */
  public static Keymux packager() {
    return new Keymux(null, defaultWorkers(), Engine.NATIVE, PublishGuard.NONE);
  }

  /** The same with another source of keys. */
  public Keymux keys(KeyExchange exchange) {
    return new Keymux(exchange, workers, engine, guard);
  }

  /**
   * The same with another number of threads a job; the output does not depend on it.
   *
   * @param count at least 1
   */
  public Keymux workers(int count) {
    return new Keymux(keys, count, engine, guard);
  }

  /** The same with another engine. */
  public Keymux engine(Engine other) {
    return new Keymux(keys, workers, other, guard);
  }

  /** The same, asking before output becomes visible. */
  public Keymux publishing(PublishGuard asked) {
    return new Keymux(keys, workers, engine, asked);
  }

  /** Runs a job without progress and cancellation. */
  public JobResult run(PackagingJob job) throws InterruptedException {
    return run(job, ProgressListener.NONE, new CancelToken());
  }

  /**
   * Runs a job on this thread and some of its own, to its end.
   *
   * @throws io.keymux.cpix.DrmException if any step fails or the job is cancelled; the output
   *     folder then holds nothing of this job
   * @throws InterruptedException if the thread is interrupted; likewise
   * @throws IllegalStateException if no {@link #keys} were given, and the job needs some
   */
  public JobResult run(PackagingJob job, ProgressListener progress, CancelToken cancel)
      throws InterruptedException {
    if (keys == null && job.protection().schedule().encrypts()) {
      throw new IllegalStateException("no keys: call keys(KeyExchange) first");
    }
    PackagingPipeline pipeline = new PackagingPipeline(keys, new Engines(workers, engine), guard);
    return interruptible(() -> pipeline.run(job, progress, cancel));
  }

  /**
   * Signals a packaged asset anew; its media stays as it is.
   *
   * @throws io.keymux.cpix.DrmException if any step fails or the job is cancelled; the output
   *     folder then holds nothing of it
   * @throws InterruptedException if the thread is interrupted; likewise
   * @throws IllegalStateException if no {@link #keys} were given
   */
  public ResignResult resign(ResignJob job, ProgressListener progress, CancelToken cancel)
      throws InterruptedException {
    if (keys == null) {
      throw new IllegalStateException("no keys: call keys(KeyExchange) first");
    }
    ResignPipeline pipeline = new ResignPipeline(keys, guard);
    return interruptible(() -> pipeline.run(job, progress, cancel));
  }

  /**
   * Decides what {@link #run} would do, without media work: with the keys if there are any, else
   * with stand-ins that are never shown.
   *
   * @throws io.keymux.cpix.DrmException if the job cannot be done
   */
  public JobPreview plan(PackagingJob job) throws InterruptedException {
    return interruptible(() -> preview(job));
  }

  private JobPreview preview(PackagingJob job) throws InterruptedException {
    try (OpenInputs inputs = OpenInputs.open(job.inputs(), job.segmentSeconds())) {
      List<TrackSource> sources = inputs.tracks(job);
      new Engines(workers, engine).require(job, sources);
      KeyTimeline timeline = KeyTimeline.of(job, sources);
      List<KeyRequest> requests = PackagingPipeline.requests(job, sources, timeline);
      List<CpixDocument> documents = new ArrayList<>();
      for (KeyRequest request : requests) {
        documents.add(keys == null ? JobPreview.standIn(request) : keys.exchange(request));
      }
      EncryptionPlan plan = EncryptionPlan.of(job, sources, timeline, documents);
      return JobPreview.of(requests, plan, inputs, keys != null);
    }
  }

  /** A file that an interrupt closed under our hands is not an unreadable file. */
  private static <T> T interruptible(Work<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (DrmException e) {
      if (!Thread.interrupted()) {
        throw e;
      }
      InterruptedException interrupted = new InterruptedException("packaging was interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private interface Work<T> {
    T run() throws InterruptedException;
  }

  private static int defaultWorkers() {
    long bytesEach = 4L * SegmentPlanner.FRAGMENT_BYTES;
    long fit = Runtime.getRuntime().maxMemory() / 2 / bytesEach;
    return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), fit));
  }
}
