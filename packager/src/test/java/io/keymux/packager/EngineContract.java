package io.keymux.packager;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.verify.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine does: the verifier decrypts all samples and finds those of the inputs. Tracks,
 * segments and signalling of another engine are those of the first.
 */
abstract class EngineContract {
  private static final String VIDEO = "video-360p";

  @TempDir Path temp;

  abstract Engine engine();

  /** Codes of warnings that the engine is known for in that scheme. */
  abstract Set<String> warnings(ProtectionScheme scheme);

  /** A wish of a job. */
  record Wish(String name, Consumer<PackagingJob.Builder> wish) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wish> wishes() {
    List<Wish> wishes = new ArrayList<>();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      int ivBytes = scheme == ProtectionScheme.CENS ? 16 : 8;
      for (Layout layout : Layout.values()) {
        wishes.add(
            new Wish(
                scheme.fourCc() + " " + layout,
                job -> job.scheme(scheme).ivBytes(ivBytes).layout(layout)));
      }
    }
    wishes.add(new Wish("IVs of 16 bytes", job -> job.ivBytes(16).keyRule(KeyRule.PRESET0)));
    wishes.add(new Wish("IV given", job -> job.iv(Bytes.ofHex("00000000000000ff"))));
    wishes.add(
        new Wish(
            "IV of cbc1 given",
            job ->
                job.scheme(ProtectionScheme.CBC1)
                    .iv(Bytes.ofHex("000102030405060708090a0b0c0d0e0f"))));
    wishes.add(new Wish("a key for each track", job -> job.keyRule(KeyRule.PRESET1)));
    wishes.add(new Wish("FairPlay", job -> job.systems(DrmSystem.FAIRPLAY)));
    wishes.add(new Wish("a clear track", job -> job.clearTrack("audio-2ch")));
    wishes.add(new Wish("tracks for winding", job -> job.trickPlay(true)));
    wishes.add(new Wish("short segments", job -> job.segmentSeconds(1)));
    return wishes.stream();
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void run_anyJob_isVerified(Wish wish) throws Exception {
    PackagingJob.Builder job = SampleJob.small(temp.resolve("out"));
    wish.wish().accept(job);
    JobResult result = run(job);

    assertThat(result.verification().samplesDecrypted()).isPositive();
    if (engine() != Engine.NATIVE) {
      PackagingJob.Builder again = SampleJob.small(temp.resolve("native"));
      wish.wish().accept(again);
      Keymux packager = Keymux.packager().keys(SampleJob.KEYS);
      assertThat(outline(result)).isEqualTo(outline(packager.run(again.build())));
      assertThat(names(temp.resolve("out"))).isEqualTo(names(temp.resolve("native")));
    }
  }

  @Test
  void run_inputsOfOtherKinds_isVerified() throws Exception {
    ClearSegments segments = ClearSegments.video(temp.resolve("clear"));
    run(
        PackagingJob.builder()
            .input(segments.input())
            .contentId("segments")
            .output(temp.resolve("of-segments")));
    Path encrypted = temp.resolve("encrypted");
    Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(SampleJob.small(encrypted).layout(Layout.SINGLE_FILE).build());

    Path input = encrypted.resolve(VIDEO + ".mp4");
    JobResult result =
        run(
            PackagingJob.builder()
                .input(JobInput.of(input).withKeys(List.of(key(input))))
                .contentId("again")
                .output(temp.resolve("again")));

    assertThat(result.verification().samplesDecrypted()).isPositive();
  }

  @Test
  void run_progress_growsToItsEnd() throws Exception {
    List<Long> done = new ArrayList<>();
    Set<Long> totals = new LinkedHashSet<>();
    Set<Stage> stages = new LinkedHashSet<>();
    ProgressListener listener =
        (stage, bytes, total) -> {
          stages.add(stage);
          if (stage == Stage.PACKAGING) {
            done.add(bytes);
            totals.add(total);
          }
        };

    Keymux.packager()
        .engine(engine())
        .keys(SampleJob.KEYS)
        .run(SampleJob.small(temp.resolve("out")).build(), listener, new CancelToken());

    assertThat(done).isSorted();
    assertThat(totals).containsExactly(done.get(done.size() - 1));
    assertThat(stages).containsExactly(Stage.values());
  }

  private JobResult run(PackagingJob.Builder job) throws InterruptedException {
    JobResult result =
        Keymux.packager()
            .engine(engine())
            .keys(SampleJob.KEYS)
            .run(job.verify(VerifyLevel.FULL).build());
    assertThat(result.verification().findings())
        .extracting(Finding::code)
        .isSubsetOf(warnings(result.job().protection().scheme()));
    return result;
  }

  /** Everything but sizes, which differ with the number of subsamples. */
  private static List<Object> outline(JobResult result) {
    List<Object> outline = new ArrayList<>();
    for (PackagedTrack track : result.presentation().tracks()) {
      outline.add(track.track());
      outline.add(track.details());
      outline.add(String.valueOf(track.protection()));
      for (Segment segment : track.segments()) {
        outline.add(List.of(segment.path(), segment.start(), segment.duration()));
        outline.add(String.valueOf(segment.protection()));
      }
    }
    return outline;
  }

  private static List<String> names(Path folder) throws IOException {
    return List.copyOf(SampleJob.contents(folder).keySet());
  }

  /** The key of {@link SampleJob#KEYS} that a file is encrypted with. */
  private static ContentKey key(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int tenc = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tenc");
    KeyId id = KeyId.ofBytes(Arrays.copyOfRange(bytes, tenc + 12, tenc + 28));
    return new ContentKey(id, SecretBytes.copyOf(id.toBytes()), null, null);
  }
}
