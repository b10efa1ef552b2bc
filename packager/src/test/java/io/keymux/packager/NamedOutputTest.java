package io.keymux.packager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.OutputNames;
import io.keymux.packager.job.OutputNames.Unknown;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.packager.verify.PresentationVerifier;
import io.keymux.packager.verify.VerificationReport;
import io.keymux.packager.verify.VerifyRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs whose files are called as a job wishes. */
class NamedOutputTest {
  private static final String BASE = "{inputName}_{definition}";

  @TempDir Path folder;

  private static OutputNames names(String manifest, String track, String segment) {
    return new OutputNames(manifest, track, segment, Map.of("definition", "10"), Unknown.REFUSED);
  }

  private static OutputNames flat() {
    return names(
        BASE + ".{format}",
        BASE + "_{subStreamNumber}.{format}",
        BASE + "_{subStreamNumber}_{segmentNumber}.{format}");
  }

  private JobResult run(PackagingJob.Builder job) throws InterruptedException {
    return Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(job.build(), (stage, done, total) -> {}, new CancelToken());
  }

  @Test
  void run_flatNames_besideWhatIsThere() throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("other.txt"), "x");
    run(SampleJob.ladder(folder.resolve("out")).names(flat()));
    assertThat(list())
        .contains(
            "other.txt",
            "video-360p_10.mpd",
            "video-360p_10.m3u8",
            "video-360p_10.keymux-report.json",
            "video-360p_10_0.m3u8",
            "video-360p_10_0.mp4",
            "video-360p_10_0_1.m4s",
            "video-360p_10_3.m3u8")
        .doesNotContain("manifest.mpd", "master.m3u8", "keymux-report.json")
        .noneMatch(name -> name.contains("/"));
    verify("video-360p_10.mpd");
    verify("video-360p_10.m3u8");
  }

  @Test
  void run_again_replacesItsOwnFilesAlone() throws Exception {
    run(SampleJob.small(folder.resolve("out")).names(flat()));
    List<String> first = list();
    Files.writeString(folder.resolve("out/video-360p_11.mpd"), "other");
    run(SampleJob.small(folder.resolve("out")).names(flat()));
    assertThat(list()).containsAll(first).contains("video-360p_11.mpd").hasSize(first.size() + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "SINGLE_FILE,WIDEVINE,FMP4,tracks/{subStreamNumber}.{format},s{segmentNumber}.{format}",
    "SEGMENTS,AES_128,TS,t/{subStreamNumber}.{format},s/{subStreamNumber}/{segmentNumber}_x.{format}",
    "SEGMENTS,AES_128,FMP4,{subStreamNumber}/i.{format},{subStreamNumber}/{number}/1.{format}",
    "SEGMENTS,WIDEVINE,FMP4,a/b/{subStreamNumber}.{format},a/c-{segmentNumber}-{subStreamNumber}.{format}"
  })
  void run_foldersAndNumbersAnywhere_verify(
      Layout layout, DrmSystem system, Container container, String track, String segment)
      throws Exception {
    PackagingJob.Builder job =
        SampleJob.small(folder.resolve("out"))
            .systems(system)
            .layout(layout)
            .container(container)
            .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}"))
            .names(names("m.{format}", track, segment));
    JobResult result = run(job);
    assertThat(result.verification().passed()).isTrue();
    assertThat(list()).contains("m.m3u8", "m.keymux-report.json");
    if (system == DrmSystem.WIDEVINE) {
      verify("m.mpd");
      verify("m.m3u8");
    }
  }

  @Test
  void plan_namesTheFilesThatAreWritten() throws Exception {
    PackagingJob.Builder job = SampleJob.ladder(folder.resolve("out")).names(flat());
    List<String> planned = Keymux.packager().plan(job.build()).files();
    run(job);
    assertThat(list()).containsAll(planned);
  }

  @ParameterizedTest
  @CsvSource({
    "m.{format},t.{format},t_{segmentNumber}_{subStreamNumber}.{format}",
    "m.{format},t_{subStreamNumber}.{format},t_{segmentNumber}.{format}",
    "m.{format},t_{subStreamNumber}.{format},t_{subStreamNumber}.{format}",
    "m_{definition}.{format},M_{definition}.{format},t_{subStreamNumber}_{segmentNumber}.{format}",
    "m.{format},t_{subStreamNumber}.{format},t_0.mp4/{subStreamNumber}_{segmentNumber}.{format}"
  })
  void run_twoFilesOfOneName_isRefusedBeforeAnythingIsWritten(
      String manifest, String track, String segment) throws Exception {
    InvalidJobException e =
        catchThrowableOfType(
            InvalidJobException.class,
            () ->
                run(
                    SampleJob.ladder(folder.resolve("out"))
                        .names(names(manifest, track, segment))));
    assertThat(e.code()).isEqualTo("output-names-collide");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void run_linkedFolder_isRefusedAndNothingIsWrittenBehindIt() throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(out.resolve("a"), outside);
    OutputNames names =
        names(
            "m.{format}",
            "a/{subStreamNumber}.{format}",
            "a/{subStreamNumber}_{segmentNumber}.{format}");
    DrmException e =
        catchThrowableOfType(DrmException.class, () -> run(SampleJob.small(out).names(names)));
    assertThat(e.code()).isEqualTo("output-not-writable");
    assertThat(outside).isEmptyDirectory();
    assertThat(list()).containsExactly("a");
  }

  private List<String> list() throws Exception {
    Path out = folder.resolve("out");
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(file -> !Files.isDirectory(file) || Files.isSymbolicLink(file))
          .map(file -> out.relativize(file).toString())
          .toList();
    }
  }

  private void verify(String manifest) {
    Map<KeyId, SecretBytes> keys = new HashMap<>();
    VerificationReport report =
        PresentationVerifier.verify(
            new VerifyRequest(folder.resolve("out").resolve(manifest), keys, List.of()));
    assertThat(report.findings()).noneMatch(f -> f.toString().startsWith("error"));
    assertThat(report.passed()).as(manifest + report.findings()).isTrue();
    assertThat(report.tracks()).isPositive();
  }
}
