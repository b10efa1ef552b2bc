package io.keymux.packager.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackRole;
import io.keymux.packager.verify.PresentationVerifier;
import io.keymux.packager.verify.VerificationReport;
import io.keymux.packager.verify.VerifyRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is packaged comes back through its manifests: clear again, and under other keys. */
class AssetInputsTest {
  private static final Set<OutputFormat> HLS = EnumSet.of(OutputFormat.HLS);

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "CENC, SEGMENTS,    manifest.mpd, ALWAYS",
    "CENC, SINGLE_FILE, master.m3u8,  ALWAYS",
    "CBCS, SEGMENTS,    master.m3u8,  LEAD",
    "CBCS, SINGLE_FILE, '',           PERIODS",
    "CENC, SEGMENTS,    manifest.mpd, PERIODS",
    "CENC, SEGMENTS,    master.m3u8,  PERIODS",
    "CBCS, SEGMENTS,    '',           GROUPS",
    "CENC, SINGLE_FILE, master.m3u8,  GROUPS"
  })
  void run_ownOutput_clearAndUnderOtherKeysEqualsTheSource(
      ProtectionScheme scheme, Layout layout, String manifest, String schedule) throws Exception {
    Path first = temp.resolve("first");
    PackagingJob.Builder job =
        ladder(first)
            .scheme(scheme)
            .layout(layout)
            .keyRule(KeyRule.PRESET1)
            .schedule(schedule(schedule));
    JobResult packaged = Keymux.packager().keys(SampleJob.KEYS).run(job.build());

    AssetInputs asset = AssetInputs.read(first.resolve(manifest));
    assertThat(asset.notes()).isEmpty();
    assertThat(asset.inputs()).hasSize(tracks(packaged));
    List<ContentKey> keys = keys(packaged);

    Path clear = temp.resolve("clear");
    JobResult decrypted =
        Keymux.packager().run(again(clear, asset, keys).schedule(KeySchedule.NEVER).build());
    assertThat(decrypted.presentation().allTracks()).allMatch(t -> t.protection() == null);
    assertEqualsSource(clear, Map.of(), decrypted);
    assertThat(Files.readString(clear.resolve("manifest.mpd"))).doesNotContain("ContentProtection");
    assertThat(Files.readString(clear.resolve("master.m3u8"))).doesNotContain("KEY");

    Path again = temp.resolve("again");
    ProtectionScheme other =
        scheme == ProtectionScheme.CENC ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
    JobResult encrypted =
        Keymux.packager()
            .keys(SampleJob.KEYS)
            .run(again(again, asset, keys).contentId("other").scheme(other).build());
    Map<KeyId, SecretBytes> newKeys = new HashMap<>();
    keys(encrypted).forEach(key -> newKeys.put(key.id(), key.value()));
    assertThat(newKeys.keySet())
        .doesNotContainAnyElementsOf(keys.stream().map(ContentKey::id).toList());
    assertEqualsSource(again, newKeys, encrypted);
  }

  @Test
  void read_rolesAndNames_areThoseOfTheJob() throws Exception {
    for (String manifest : List.of("manifest.mpd", "master.m3u8")) {
      Path first = temp.resolve(manifest.substring(0, 3));
      Selection selection = new Selection("Director \u00e9", List.of(TrackRole.DESCRIPTION), false);
      Keymux.packager()
          .keys(SampleJob.KEYS)
          .run(
              PackagingJob.builder()
                  .input(SampleJob.sample("video-360p"))
                  .input(SampleJob.sample("audio-stereo"))
                  .input(
                      JobInput.of(SampleJob.sample("audio-stereo"))
                          .named(null, "fr", selection, PlaybackPolicy.NONE))
                  .output(first)
                  .build());
      AssetInputs asset = AssetInputs.read(first.resolve(manifest));
      assertThat(asset.inputs().stream().map(JobInput::selection)).contains(selection);
    }
  }

  @Test
  void read_trickPlayAndHlsText_leftOutAndSaid() throws Exception {
    Path text = temp.resolve("en.vtt");
    Files.writeString(text, "WEBVTT\n\n00:01.000 --> 00:03.000\nHello\n");
    Path first = temp.resolve("first");
    Keymux.packager().keys(SampleJob.KEYS).run(ladder(first).input(text).trickPlay(true).build());
    assertThat(AssetInputs.read(first).notes())
        .anyMatch(note -> note.contains("is for winding"))
        .noneMatch(note -> note.contains("WebVTT"));
    assertThat(AssetInputs.read(first.resolve("master.m3u8")).notes())
        .anyMatch(note -> note.contains("WebVTT"));
  }

  @Test
  void read_whatCannotBe_refused() throws Exception {
    Path first = temp.resolve("first");
    Keymux.packager().keys(SampleJob.KEYS).run(ladder(first).formats(HLS).build());
    assertThat(code(temp)).isEqualTo("no-manifest");
    assertThat(code(first.resolve("video-360p/init.mp4"))).isEqualTo("no-manifest");
    Files.delete(first.resolve("video-360p/seg-2.m4s"));
    assertThat(code(first)).isEqualTo("asset-unreadable");

    Path whole = temp.resolve("whole");
    Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(
            ladder(whole)
                .systems(DrmSystem.AES_128)
                .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}"))
                .build());
    assertThat(code(whole)).isEqualTo("asset-unsupported");
  }

  private static String code(Path path) {
    return catchThrowableOfType(DrmException.class, () -> AssetInputs.read(path)).code();
  }

  private static KeySchedule schedule(String name) {
    return switch (name) {
      case "LEAD" -> new KeySchedule(2, 0, KeyChange.NEW_PERIODS);
      case "PERIODS" -> new KeySchedule(2, 2, KeyChange.NEW_PERIODS);
      case "GROUPS" -> new KeySchedule(0, 2, KeyChange.SAMPLE_GROUPS);
      default -> KeySchedule.ALWAYS;
    };
  }

  private static PackagingJob.Builder ladder(Path output) {
    return PackagingJob.builder()
        .input(SampleJob.sample("video-360p"))
        .input(SampleJob.sample("video-720p"))
        .input(SampleJob.sample("audio-stereo"))
        .contentId("first")
        .segmentSeconds(2)
        .output(output);
  }

  private static PackagingJob.Builder again(Path output, AssetInputs asset, List<ContentKey> keys) {
    PackagingJob.Builder job =
        PackagingJob.builder().segmentSeconds(2).verify(VerifyLevel.FULL).output(output);
    asset.inputs().forEach(input -> job.input(input.withKeys(keys)));
    return job;
  }

  private static int tracks(JobResult result) {
    return (int)
        result.presentation().allTracks().stream().map(PackagedTrack::track).distinct().count();
  }

  /** {@link SampleJob#KEYS} are their KIDs. */
  private static List<ContentKey> keys(JobResult result) {
    List<ContentKey> keys = new ArrayList<>();
    for (PackagedTrack track : result.presentation().allTracks()) {
      track
          .protections()
          .forEach(
              p ->
                  keys.add(
                      new ContentKey(
                          p.keyId(), SecretBytes.copyOf(p.keyId().toBytes()), null, null)));
    }
    return keys;
  }

  private static void assertEqualsSource(
      Path output, Map<KeyId, SecretBytes> keys, JobResult result) {
    List<Path> sources =
        List.of(
            SampleJob.sample("video-360p"),
            SampleJob.sample("video-720p"),
            SampleJob.sample("audio-stereo"));
    VerificationReport report =
        PresentationVerifier.verify(new VerifyRequest(output, keys, sources));
    assertThat(report.findings()).isEmpty();
    assertThat(report.samplesCompared()).isPositive();
    assertThat(tracks(result)).isEqualTo(3);
  }
}
