package io.keymux.packager.ts;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.packager.encrypt.Aes128SegmentCipher;
import io.keymux.packager.encrypt.Aes128Sink;
import io.keymux.packager.encrypt.SampleAesCipher;
import io.keymux.packager.output.FileSink;
import io.keymux.packager.output.SegmentSink;
import io.keymux.packager.parallel.WorkerPool;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Writes segments, one after the other: each thread has its own. */
final class SegmentWorker implements WorkerPool.Worker {
  private final List<SegmentTask> tasks;
  private final IntConsumer read;
  private final List<SampleWindow> windows = new ArrayList<>();
  private @Nullable ContentKey sinkKey;
  private @Nullable Aes128Sink aesSink;

  SegmentWorker(List<SegmentTask> tasks, IntConsumer read) {
    this.tasks = tasks;
    this.read = read;
  }

  @Override
  public void run(int number) throws InterruptedException {
    SegmentTask task = tasks.get(number);
    SegmentProtection protection = task.plan().rendition().protection();
    HlsSegmentKey key = protection.key(task.segment());
    boolean whole = protection.method() == SegmentProtection.Method.AES_128;
    FileSink file = new FileSink(task.file());
    if (key != null && whole) {
      Aes128Sink sink = sink(key.key());
      sink.start(key.iv(), file);
      write(task, null, sink);
      sink.finish();
    } else {
      write(task, key == null ? null : new SampleAesCipher(key.key(), key.iv()), file);
    }
    file.finish();
  }

  private void write(SegmentTask task, @Nullable SampleAesCipher cipher, SegmentSink sink) {
    RenditionPlan plan = task.plan();
    int tracks = plan.rendition().tracks().size();
    for (int track = 0; track < tracks; track++) {
      if (windows.size() == track) {
        windows.add(new SampleWindow(read));
      }
      SegmentPlan segment = plan.segment(track, task.segment());
      int first = segment == null ? 0 : segment.firstSample();
      int end = segment == null ? 0 : segment.endSample();
      windows.get(track).open(plan.rendition().tracks().get(track), first, end);
    }
    SegmentWriter writer = writer(task, cipher, sink);
    for (int track = earliest(plan, tracks); track >= 0; track = earliest(plan, tracks)) {
      SampleWindow window = windows.get(track);
      writeSample(writer, plan, track, window);
      window.next();
    }
    writer.finish(plan.decodeEnd(task.segment()));
  }

  private static SegmentWriter writer(
      SegmentTask task, @Nullable SampleAesCipher cipher, SegmentSink sink) {
    RenditionPlan plan = task.plan();
    return plan.rendition().packedAudio()
        ? new PackedAudioWriter(plan.program().streams().get(0), cipher, sink)
        : new TsSegmentWriter(
            plan.program(),
            plan.number(task.segment()),
            plan.counters(task.segment()),
            cipher,
            sink);
  }

  /** The track whose next sample is decoded first, or -1 when all are done. */
  private int earliest(RenditionPlan plan, int tracks) {
    int earliest = -1;
    long least = Long.MAX_VALUE;
    for (int track = 0; track < tracks; track++) {
      SampleWindow window = windows.get(track);
      if (window.hasSample()) {
        long dts = tracks == 1 ? 0 : plan.clock(track).decodeTicks(window.sample());
        if (dts < least) {
          least = dts;
          earliest = track;
        }
      }
    }
    return earliest;
  }

  private static void writeSample(
      SegmentWriter writer, RenditionPlan plan, int track, SampleWindow window) {
    int sample = window.sample();
    TrackPlan trackPlan = plan.rendition().tracks().get(track);
    FrameTiming timing = plan.clock(track).timing(sample, window.isLast());
    int size = trackPlan.source().media().samples().size(sample);
    try {
      writer.write(track, timing, window.bytes(), window.offset(), size);
    } catch (DrmException e) {
      if (e.blame() == DrmException.Blame.OUTPUT) {
        throw e;
      }
      throw trackPlan.source().inSample(e, sample);
    }
  }

  /** One sink for a key, since its cipher gets faster with use. */
  private Aes128Sink sink(ContentKey key) {
    if (!key.equals(sinkKey)) {
      aesSink = new Aes128Sink(new Aes128SegmentCipher(key));
      sinkKey = key;
    }
    return Objects.requireNonNull(aesSink);
  }
}
