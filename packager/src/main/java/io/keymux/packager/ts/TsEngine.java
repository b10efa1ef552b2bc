package io.keymux.packager.ts;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Segment;
import io.keymux.packager.output.OutputFile;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.parallel.ByteProgress;
import io.keymux.packager.parallel.WorkerPool;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Packages tracks as MPEG-2 transport streams and packed audio, several segments at once. The
 * output does not depend on the number of threads; memory is bounded by the largest sample for each
 * of them.
 */
public final class TsEngine {
  private final int workers;

  /**
   * @param workers threads, at least 1
   */
  public TsEngine(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers: " + workers);
    }
    this.workers = workers;
  }

  /**
   * Writes {@code <name>/seg-<n>.ts} (or {@code .aac}, {@code .ac3}, {@code .ec3}, {@code .mp3})
   * for each segment of each rendition.
   *
   * @return the renditions in order
   * @throws io.keymux.cpix.DrmException if a codec cannot be carried ({@code codec-not-in-ts},
   *     {@code sample-aes-not-defined}), an input not be read or parsed, the output not be written,
   *     or the job is cancelled; {@code output} then holds parts
   */
  public List<TsOutput> pack(
      List<TsRendition> renditions,
      StagedOutput output,
      ProgressListener progress,
      CancelToken cancel)
      throws InterruptedException {
    List<RenditionPlan> plans = renditions.stream().map(RenditionPlan::of).toList();
    List<List<OutputFile>> files = plans.stream().map(p -> files(p, output)).toList();
    List<SegmentTask> tasks = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      for (int s = 0; s < files.get(i).size(); s++) {
        tasks.add(new SegmentTask(plans.get(i), s, files.get(i).get(s)));
      }
    }
    // Interleaved inputs are read in the order in which they lie.
    tasks.sort(Comparator.comparingDouble(t -> startSeconds(t.plan(), t.segment())));
    ByteProgress bytes = new ByteProgress(Stage.PACKAGING, totalBytes(renditions), progress);
    IntConsumer read =
        count -> {
          cancel.check();
          bytes.add(count);
        };
    try {
      new WorkerPool(tasks.size(), workers, cancel, () -> abort(files))
          .run(() -> new SegmentWorker(tasks, read));
    } catch (Throwable e) {
      abort(files);
      throw e;
    }
    List<TsOutput> outputs = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      outputs.add(finished(plans.get(i), files.get(i)));
    }
    return outputs;
  }

  private static List<OutputFile> files(RenditionPlan plan, StagedOutput output) {
    List<OutputFile> files = new ArrayList<>();
    for (int s = 0; s < plan.rendition().segments(); s++) {
      String name = plan.rendition().name() + "/seg-" + plan.number(s) + "." + plan.extension();
      files.add(output.file(name, 0, 1));
    }
    return files;
  }

  private static void abort(List<List<OutputFile>> files) {
    files.forEach(each -> each.forEach(OutputFile::abort));
  }

  private static TsOutput finished(RenditionPlan plan, List<OutputFile> files) {
    int timescale = timescale(plan.rendition().tracks().get(0));
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < files.size(); s++) {
      int track = longer(plan, s);
      SegmentPlan segment = plan.rendition().tracks().get(track).segments().get(s);
      int from = timescale(plan.rendition().tracks().get(track));
      long start = rescaled(segment.start(), from, timescale);
      long end = rescaled(segment.start() + segment.duration(), from, timescale);
      ByteRange range = new ByteRange(0, files.get(s).offset(1));
      segments.add(
          new Segment(
              plan.number(s),
              files.get(s).name(),
              range,
              start,
              Math.max(1, end - start),
              null,
              List.of()));
    }
    return new TsOutput(plan.rendition(), timescale, segments);
  }

  /** The first track that has a segment of this number. */
  private static int longer(RenditionPlan plan, int segment) {
    int track = 0;
    while (plan.segment(track, segment) == null) {
      track++;
    }
    return track;
  }

  private static long rescaled(long ticks, int from, int to) {
    return ticks / from * to + (ticks % from * to + from / 2) / from;
  }

  private static int timescale(TrackPlan track) {
    return track.source().media().timescale();
  }

  private static double startSeconds(RenditionPlan plan, int segment) {
    int track = longer(plan, segment);
    TrackPlan trackPlan = plan.rendition().tracks().get(track);
    return (double) trackPlan.segments().get(segment).start() / timescale(trackPlan);
  }

  private static long totalBytes(List<TsRendition> renditions) {
    return renditions.stream()
        .flatMap(r -> r.tracks().stream())
        .mapToLong(t -> t.source().media().samples().totalBytes())
        .sum();
  }
}
