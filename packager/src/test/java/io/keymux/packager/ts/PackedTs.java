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
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Packages files as transport streams and packed audio. */
final class PackedTs {
  static final String KEY = "32333435363738393021323334353637";
  static final String IV = "00112233445566778899aabbccddeeff";

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
  static List<TsOutput> pack(
      Path folder,
      double seconds,
      Function<List<TrackPlan>, List<TsRendition>> renditions,
      Path... inputs)
      throws InterruptedException {
    return pack(folder, seconds, 2, renditions, inputs);
  }

  static List<TsOutput> pack(
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
        StagedOutput output = StagedOutput.open(folder)) {
      open.tracks().forEach(track -> job.clearTrack(track.track().name()));
      List<TrackPlan> plans =
          EncryptionPlan.of(
                  job.build(), open.tracks(), CpixDocument.ofKeys("ts", List.of(), List.of()))
              .tracks();
      List<TsOutput> outputs =
          new TsEngine(workers)
              .pack(renditions.apply(plans), output, ProgressListener.NONE, new CancelToken());
      output.publish(List.of());
      return outputs;
    }
  }
}
