package io.keymux.packager.verify;

import static io.keymux.packager.verify.OutputEdits.bytes;
import static io.keymux.packager.verify.OutputEdits.flip;
import static io.keymux.packager.verify.OutputEdits.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.verify.OutputEdits.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** AES-128 with encrypted init segments: as it is written, and with one thing changed. */
class EncryptedInitTest {
  private static final List<Path> SOURCES =
      List.of(PackagedLadder.SOURCES.get(0), PackagedLadder.SOURCES.get(3));

  @TempDir private Path folder;

  /** What is changed, what is said of the presentation, and what the job's own check says. */
  static Stream<Arguments> mutations() {
    return Stream.of(
        mutation("clear init", "file-not-encrypted", "aes-padding", InitEdits::clear),
        mutation(
            "no IV",
            "hls-map-iv-missing",
            "hls-map-iv-missing",
            text("VIDEO/media.m3u8", ",IV=0x[0-9a-f]{32}\n#EXT-X-MAP", "\n#EXT-X-MAP")),
        mutation(
            "other IV",
            "hls-iv-mismatch",
            "hls-iv-mismatch",
            text("VIDEO/media.m3u8", "IV=0x[0-9a-f]{6}", "IV=0x123456")),
        mutation(
            "IV of a segment",
            "hls-map-iv-reused",
            "hls-iv-mismatch",
            out -> InitEdits.encrypt(out, Bytes.ofHex("00000000000000000000000000000001"))),
        mutation(
            "key behind the map",
            "malformed-mp4",
            "hls-method-mismatch",
            text("VIDEO/media.m3u8", "(#EXT-X-KEY.*\n)(#EXT-X-MAP.*\n)", "$2$1")),
        mutation(
            "one key line for all",
            "hls-iv-mismatch",
            "hls-iv-mismatch",
            text("VIDEO/media.m3u8", "(#EXT-X-MAP.*\n)#EXT-X-KEY.*\n", "$1")),
        mutation(
            "no map",
            "no-init-segment",
            "manifest-names-other-media",
            text("VIDEO/media.m3u8", "#EXT-X-MAP.*\n", "")),
        mutation(
            "padding",
            "aes-padding",
            "aes-padding",
            bytes("VIDEO/init.mp4", b -> flip(b, b.length - 17))));
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @MethodSource("mutations")
  void verify_oneChange_isFoundByBothVerifiers(
      String what, String code, String codeOfJob, Change change) throws Exception {
    PackagingJob job = job(KeySchedule.ALWAYS).build();
    JobResult result = run(job);
    assertThat(codes(TestKeys.of(result), SOURCES)).containsOnly("hls-no-iframes");
    assertThat(checkOfJob(job, result.presentation())).containsOnly("hls-no-iframes");

    change.apply(output());

    assertThat(codes(TestKeys.of(result), SOURCES)).contains(code);
    assertThat(checkOfJob(job, result.presentation())).contains(codeOfJob);
  }

  @Test
  void verify_damagedSegments_areNamed() throws Exception {
    Map<KeyId, SecretBytes> keys = TestKeys.of(run(job(KeySchedule.ALWAYS).build()));
    bytes("VIDEO/seg-2.m4s", b -> flip(b, b.length - 17)).apply(output());
    bytes("VIDEO/seg-3.m4s", b -> flip(b, 5)).apply(output());
    bytes("VIDEO/seg-4.m4s", b -> Arrays.copyOf(b, b.length - 1)).apply(output());

    assertThat(verify(keys, SOURCES).findings())
        .extracting(finding -> finding.code() + " " + finding.place().replaceFirst(".*/", ""))
        .contains("aes-padding seg-2.m4s", "hls-iv-mismatch seg-3.m4s", "aes-padding seg-4.m4s");
  }

  @Test
  void run_initWithTheIvOfASegment_isFound() throws Exception {
    PackagingJob job = job(KeySchedule.ALWAYS).build();
    Presentation sound = run(job).presentation();
    List<PackagedTrack> tracks = new ArrayList<>();
    for (PackagedTrack track : sound.tracks()) {
      tracks.add(withInitIv(track, Bytes.ofHex("00000000000000000000000000000003")));
    }

    assertThat(checkOfJob(job, new Presentation(sound.layout(), sound.segmentSeconds(), tracks)))
        .contains("iv-reused");
  }

  @ParameterizedTest
  @CsvSource({"true, 0, 0", "true, 4, 0", "true, 0, 4", "true, 4, 4", "false, 0, 0", "false, 4, 4"})
  void verify_ownOutput_opensWithTheRightKeyAlone(boolean init, double lead, double period)
      throws Exception {
    KeySchedule schedule = new KeySchedule(lead, period, KeyChange.SAMPLE_GROUPS);
    JobResult result = run(job(schedule).encryptInit(init).build());
    assertThat(result.verification().findings())
        .allMatch(f -> f.severity() != Finding.Severity.ERROR);
    Map<KeyId, SecretBytes> keys = TestKeys.of(result);

    VerificationReport right = verify(keys, SOURCES);
    assertThat(right.passed()).isTrue();
    assertThat(right.findings()).extracting(Finding::code).containsOnly("hls-no-iframes");
    assertThat(right.samplesCompared()).isEqualTo(240 + 470);
    assertThat(codes(TestKeys.wrong(keys), SOURCES)).contains("aes-padding");
    assertThat(codes(Map.of(), SOURCES)).containsOnly("no-key", "hls-no-iframes");
  }

  @Test
  void plan_initSegments_shareTheirIvWithNothing() throws Exception {
    PackagingJob.Builder job =
        job(new KeySchedule(0, 4, KeyChange.SAMPLE_GROUPS)).input(PackagedLadder.SOURCES.get(1));
    List<String> uses = uses(run(job.build()).presentation());
    assertThat(uses).doesNotHaveDuplicates().hasSize(3);

    // The IV that it would take is given to all segments: it takes another one.
    String taken = uses.get(0).substring(uses.get(0).indexOf(' ') + 1);
    PackagingJob given = job.iv(Bytes.ofHex(taken)).output(folder.resolve("given")).build();
    assertThat(uses(run(given).presentation()))
        .doesNotHaveDuplicates()
        .hasSize(3)
        .allMatch(use -> !use.endsWith(taken));
  }

  /** Key and IV of each init segment, of which no segment has one. */
  private static List<String> uses(Presentation presentation) {
    List<String> inits = new ArrayList<>();
    List<String> segments = new ArrayList<>();
    for (PackagedTrack track : presentation.tracks()) {
      TrackProtection init = requireNonNull(track.initProtection());
      inits.add(init.keyId() + " " + init.constantIv());
      for (Segment segment : track.segments()) {
        TrackProtection protection = requireNonNull(segment.protection());
        String number = "%032x".formatted(segment.number());
        Bytes iv = protection.constantIv();
        segments.add(protection.keyId() + " " + (iv == null ? number : iv.toHex()));
      }
    }
    assertThat(inits).doesNotContainAnyElementsOf(segments);
    return inits;
  }

  private static Arguments mutation(String what, String code, String codeOfJob, Change change) {
    return Arguments.of(what, code, codeOfJob, change);
  }

  private static PackagedTrack withInitIv(PackagedTrack track, Bytes iv) {
    TrackProtection init = requireNonNull(track.initProtection());
    return new PackagedTrack(
        track.track(),
        track.details(),
        track.part(),
        track.timescale(),
        track.initPath(),
        track.initRange(),
        new TrackProtection(init.keyId(), init.scheme(), iv, init.signaling()),
        track.indexRange(),
        track.segments());
  }

  private Path output() {
    return folder.resolve("out");
  }

  private PackagingJob.Builder job(KeySchedule schedule) {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .contentId("ladder")
            .systems(DrmSystem.AES_128)
            .encryptInit(true)
            .schedule(schedule)
            .segmentSeconds(2)
            .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}"))
            .verify(VerifyLevel.FULL)
            .output(output());
    SOURCES.forEach(job::input);
    return job;
  }

  private static JobResult run(PackagingJob job) throws InterruptedException {
    return Keymux.packager().keys(TestKeys.exchange()).workers(1).run(job);
  }

  private VerificationReport verify(Map<KeyId, SecretBytes> keys, List<Path> sources) {
    return PresentationVerifier.verify(new VerifyRequest(output(), keys, sources));
  }

  private List<String> codes(Map<KeyId, SecretBytes> keys, List<Path> sources) {
    return verify(keys, sources).findings().stream().map(Finding::code).toList();
  }

  private List<String> checkOfJob(PackagingJob job, Presentation presentation)
      throws InterruptedException {
    try (PlanOfJob planned = PlanOfJob.of(job)) {
      return OutputVerifier.verify(
              planned.plan(), presentation, output(), (stage, done, of) -> {}, new CancelToken())
          .findings()
          .stream()
          .map(Finding::code)
          .toList();
    }
  }
}
