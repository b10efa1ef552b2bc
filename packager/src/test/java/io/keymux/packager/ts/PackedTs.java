package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.KeyTimeline;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.verify.ts.TsOutputCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Packages files as transport streams and packed audio. */
final class PackedTs {
  static final String KEY = "32333435363738393021323334353637";
  static final String IV = "00112233445566778899aabbccddeeff";

  /**
   * What was written, and what the product's own reader says of it.
   *
   * @param compared samples that were equal to those of the inputs
   */
  record Result(List<TsOutput> outputs, long compared, List<String> problems) {
    /** Of all renditions' inputs. */
    long samples() {
      return outputs.stream()
          .flatMap(o -> o.rendition().tracks().stream())
          .mapToLong(t -> t.segments().get(t.segments().size() - 1).endSample())
          .sum();
    }
  }

  private PackedTs() {}

  static HlsSegmentKey key() {
    ContentKey key =
        new ContentKey(
            KeyId.parse("31323334-3536-3738-3930-313233343536"),
            SecretBytes.copyOf(HexFormat.of().parseHex(KEY)),
            null,
            null);
    return new HlsSegmentKey(key, Bytes.ofHex(IV));
  }

  /** Each track alone, in a transport stream. */
  static List<TsRendition> apart(List<TrackPlan> plans) {
    return plans.stream()
        .map(plan -> new TsRendition(List.of(plan), false, SegmentProtection.NONE))
        .toList();
  }

  /** All tracks in one transport stream. */
  static List<TsRendition> together(List<TrackPlan> plans) {
    return List.of(new TsRendition(plans, false, SegmentProtection.NONE));
  }

  /** Each audio track without a transport stream. */
  static List<TsRendition> packed(List<TrackPlan> plans) {
    return plans.stream()
        .map(plan -> new TsRendition(List.of(plan), true, SegmentProtection.NONE))
        .toList();
  }

  /** The same with one key for all segments. */
  static List<TsRendition> encrypted(
      List<TsRendition> renditions, SegmentProtection.Method method) {
    return renditions.stream()
        .map(
            r ->
                new TsRendition(
                    r.tracks(), r.packedAudio(), SegmentProtection.of(method, key(), r.segments())))
        .toList();
  }

  /** Into {@code folder}, on two threads. */
  static Result pack(
      Path folder,
      double seconds,
      Function<List<TrackPlan>, List<TsRendition>> renditions,
      Path... inputs)
      throws InterruptedException {
    return pack(folder, seconds, 2, renditions, inputs);
  }

  static Result pack(
      Path folder,
      double seconds,
      int workers,
      Function<List<TrackPlan>, List<TsRendition>> renditions,
      Path... inputs)
      throws InterruptedException {
    PackagingJob.Builder job =
        PackagingJob.builder().contentId("ts").segmentSeconds(seconds).output(folder);
    Arrays.stream(inputs).forEach(job::input);
    List<JobInput> jobInputs = job.build().inputs();
    try (OpenInputs open = OpenInputs.open(jobInputs);
        StagedOutput output = StagedOutput.open(folder, PublishGuard.NONE)) {
      open.tracks().forEach(track -> job.clearTrack(track.track().name()));
      PackagingJob clear = job.build();
      CpixDocument noKeys = CpixDocument.ofKeys("ts", List.of(), List.of());
      KeyTimeline timeline = KeyTimeline.of(clear, open.tracks());
      List<TrackPlan> plans =
          EncryptionPlan.of(clear, open.tracks(), timeline, List.of(noKeys)).tracks();
      List<TsOutput> outputs =
          new TsEngine(workers)
              .pack(renditions.apply(plans), output, ProgressListener.NONE, new CancelToken());
      output.publish(List.of(), PublishGuard.NONE);
      List<String> problems = new ArrayList<>();
      long compared = 0;
      for (TsOutput each : outputs) {
        compared +=
            TsOutputCheck.check(
                each,
                folder,
                (code, place, text) -> problems.add(code + " " + place + ": " + text));
      }
      return new Result(outputs, compared, problems);
    }
  }
}
