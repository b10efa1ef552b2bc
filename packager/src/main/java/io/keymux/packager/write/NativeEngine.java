package io.keymux.packager.write;

import io.keymux.cpix.Bytes;
import io.keymux.packager.encrypt.Aes128SegmentCipher;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.output.OutputFile;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.parallel.ByteProgress;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.PlannedProtection;
import io.keymux.packager.plan.SegmentKey;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackFiles;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Packages tracks in process, fragment by fragment, on a fixed number of threads.
 *
 * <p>Memory is bounded by {@link WorkBuffers} for each thread. The output does not depend on the
 * number of threads.
 */
public final class NativeEngine {
  private final int workers;
  private final SampleEncryptors encryptors;

  /**
   * @param workers threads, at least 1
   */
  public NativeEngine(int workers) {
    this(workers, SampleEncryptors.NATIVE);
  }

  /**
   * Writes what others encrypt.
   *
   * @param workers threads, at least 1
   */
  public NativeEngine(int workers, SampleEncryptors encryptors) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers: " + workers);
    }
    this.workers = workers;
    this.encryptors = encryptors;
  }

  /**
   * Writes init segments, media segments and indexes of all tracks.
   *
   * @return the tracks in the order of the plans
   * @throws io.keymux.cpix.DrmException if an input cannot be read or parsed, the output not be
   *     written, or the job is cancelled; {@code output} then holds parts
   */
  public List<PackagedTrack> pack(
      List<TrackPlan> plans,
      Layout layout,
      StagedOutput output,
      ProgressListener progress,
      CancelToken cancel)
      throws InterruptedException {
    List<TrackOutput> outputs = plans.stream().map(p -> TrackOutput.of(p, layout, output)).toList();
    List<FragmentRun> runs = new ArrayList<>();
    for (int track = 0; track < plans.size(); track++) {
      addRuns(runs, track, plans.get(track), outputs.get(track));
    }
    runs.sort(Comparator.comparingDouble(run -> startSeconds(plans, run)));
    ByteProgress bytes = new ByteProgress(Stage.PACKAGING, totalBytes(plans), progress);
    try {
      new FragmentPool(plans, runs, encryptors, workers, bytes, cancel).run();
      return outputs.stream().map(TrackOutput::finish).toList();
    } catch (Throwable e) {
      outputs.forEach(TrackOutput::abort);
      throw e;
    }
  }

  private static void addRuns(
      List<FragmentRun> runs, int track, TrackPlan plan, TrackOutput output) {
    int sequence = 1;
    boolean ownFile = output.fileForEachSegment();
    for (int s = 0; s < plan.segments().size(); s++) {
      SegmentPlan segment = plan.segments().get(s);
      List<FragmentPlan> fragments = segment.fragments();
      int step = ownFile ? fragments.size() : 1;
      for (int f = 0; f < fragments.size(); f += step) {
        runs.add(
            new FragmentRun(
                track,
                s,
                segment,
                fragments.subList(f, f + step),
                f,
                sequence + f,
                output.keyFrames,
                ownFile,
                output.file(s),
                output.part(s, f)));
      }
      sequence += fragments.size();
    }
  }

  /** Interleaved inputs are read in the order in which they lie. */
  private static double startSeconds(List<TrackPlan> plans, FragmentRun run) {
    TrackPlan plan = plans.get(run.track());
    return (double) plan.source().media().samples().decodeTime(run.fragments().get(0).firstSample())
        / plan.source().media().timescale();
  }

  private static long totalBytes(List<TrackPlan> plans) {
    return plans.stream().mapToLong(p -> p.source().media().samples().totalBytes()).sum();
  }

  /** The files of one track. */
  private static final class TrackOutput {
    private final TrackPlan plan;
    private final byte[] init;
    private final int indexBytes;
    private final List<OutputFile> files = new ArrayList<>();
    private final int[] firstPart;
    private final OutputFile initFile;
    private final KeyFrames keyFrames;

    private TrackOutput(TrackPlan plan, boolean singleFile, StagedOutput output) {
      this.plan = plan;
      this.init = initFile(plan);
      int segments = plan.segments().size();
      this.indexBytes = singleFile ? SegmentIndex.size(segments) : 0;
      this.firstPart = new int[segments + 1];
      this.keyFrames = new KeyFrames(plan);
      if (singleFile) {
        for (int s = 0; s < segments; s++) {
          firstPart[s + 1] = firstPart[s] + plan.segments().get(s).fragments().size();
        }
        // One part more than there are fragments: the header, which is written last.
        files.add(
            output.file(
                TrackFiles.single(plan), (long) init.length + indexBytes, firstPart[segments] + 1));
        initFile = files.get(0);
      } else {
        for (int s = 0; s < segments; s++) {
          // The size of an encrypted file is known at its end: it is one part.
          boolean whole = plan.segmentKey(s) != null;
          int parts = whole ? 1 : plan.segments().get(s).fragments().size();
          files.add(output.file(TrackFiles.segment(plan, s), 0, parts));
        }
        initFile = output.file(TrackFiles.init(plan), 0, 1);
      }
    }

    private static byte[] initFile(TrackPlan plan) {
      byte[] clear = InitSegment.of(plan);
      SegmentKey key = plan.initKey();
      Bytes iv = key == null ? null : key.explicitIv();
      return key == null || iv == null ? clear : Aes128SegmentCipher.encrypt(key.key(), iv, clear);
    }

    static TrackOutput of(TrackPlan plan, Layout layout, StagedOutput output) {
      return new TrackOutput(plan, layout == Layout.SINGLE_FILE, output);
    }

    boolean fileForEachSegment() {
      return indexBytes == 0;
    }

    OutputFile file(int segment) {
      return fileForEachSegment() ? files.get(segment) : files.get(0);
    }

    int part(int segment, int fragment) {
      return firstPart[segment] + fragment;
    }

    PackagedTrack finish() {
      List<Segment> segments = new ArrayList<>();
      for (int s = 0; s < plan.segments().size(); s++) {
        segments.add(segment(s));
      }
      initFile.write(0, init, 0, init.length);
      if (indexBytes > 0) {
        initFile.write(init.length, SegmentIndex.of(plan, segments), 0, indexBytes);
      }
      initFile.finishPart();
      return new PackagedTrack(
          plan.source().track(),
          plan.details(),
          plan.part(),
          plan.source().media().timescale(),
          initFile.name(),
          new ByteRange(0, init.length),
          PlannedProtection.ofInit(plan),
          indexBytes == 0 ? null : new ByteRange(init.length, indexBytes),
          segments);
    }

    /** Closes files; those that hold all their parts are closed already. */
    void abort() {
      files.forEach(OutputFile::abort);
      initFile.abort();
    }

    private Segment segment(int s) {
      SegmentPlan segment = plan.segments().get(s);
      OutputFile file = file(s);
      int first = part(s, 0);
      long start = file.offset(first);
      int parts = plan.segmentKey(s) != null ? 1 : segment.fragments().size();
      long end = file.offset(first + parts);
      return new Segment(
          plan.firstNumber() + s,
          file.name(),
          new ByteRange(start, end - start),
          segment.start(),
          segment.duration(),
          PlannedProtection.of(plan, s),
          plan.segmentKey(s) == null ? keyFrames.of(s, f -> file.offset(first + f)) : List.of());
    }
  }
}
