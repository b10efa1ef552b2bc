package io.keymux.packager.verify;

import io.keymux.cpix.ContentKey;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.plan.TrackPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decrypts segments of one track that was just written and holds their samples against the input,
 * several segments at once: which sample a segment starts with is known from the plan.
 */
final class DecryptionCheck {
  private final Path folder;
  private final TrackPlan plan;
  private final PackagedTrack track;
  private final CancelToken cancel;

  DecryptionCheck(Path folder, TrackPlan plan, PackagedTrack track, CancelToken cancel) {
    this.folder = folder;
    this.plan = plan;
    this.track = track;
    this.cancel = cancel;
  }

  /**
   * Checks segments, each in one piece of the list for each processor.
   *
   * @param chosen indexes, from 0, rising
   * @return what was decrypted and found, one finding of each code; the same for any number of
   *     processors but for the sample that a finding names
   * @throws InterruptedException if the thread is interrupted; no thread of this is left behind
   */
  VerificationReport run(List<Integer> chosen) throws InterruptedException {
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), chosen.size());
    if (workers <= 1) {
      return check(chosen);
    }
    List<Callable<VerificationReport>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      List<Integer> part =
          chosen.subList(chosen.size() * i / workers, chosen.size() * (i + 1) / workers);
      parts.add(() -> check(part));
    }
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      return merge(threads.invokeAll(parts));
    } finally {
      threads.shutdownNow();
    }
  }

  private VerificationReport check(List<Integer> segments) {
    VerifyContext context =
        new VerifyContext(
            id -> {
              ContentKey key = plan.key(id);
              return key == null ? null : key.value();
            },
            List.of(plan.source()));
    MediaVerifier verifier = new MediaVerifier(track.track().name(), context);
    // A wrong padding was said when all boxes were read.
    try (MediaSource init =
        SegmentFile.openInit(folder, track.initPath(), plan, (code, place, message) -> {})) {
      ByteRange range = track.initRange();
      long length = plan.initKey() == null ? range.length() : init.size();
      verifier.init(track.initPath(), init, range.offset(), length);
    }
    for (int index : segments) {
      cancel.check();
      Segment segment = track.segments().get(index);
      ByteRange range = segment.range();
      verifier.seek(plan.segments().get(index).firstSample());
      try (MediaSource source =
          SegmentFile.open(
              folder,
              segment.path(),
              plan,
              index,
              (code, place, message) -> context.add(Finding.error(code, place, message)))) {
        long length = plan.segmentKey(index) == null ? range.length() : source.size();
        verifier.segment(segment.path(), source, range.offset(), length, true);
      }
    }
    return verifier.finishPart();
  }

  private static VerificationReport merge(List<Future<VerificationReport>> parts)
      throws InterruptedException {
    long decrypted = 0;
    long compared = 0;
    List<Finding> findings = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (Future<VerificationReport> part : parts) {
      VerificationReport report = result(part);
      decrypted += report.samplesDecrypted();
      compared += report.samplesCompared();
      report.findings().stream().filter(f -> codes.add(f.code())).forEach(findings::add);
    }
    return new VerificationReport(1, 0, decrypted, compared, findings);
  }

  private static VerificationReport result(Future<VerificationReport> part)
      throws InterruptedException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("a check throws no checked exception", e);
    }
  }
}
