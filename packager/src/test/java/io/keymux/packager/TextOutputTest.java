package io.keymux.packager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebVTT and TTML files beside the sample ladder, in each container and for each manifest. */
class TextOutputTest {
  static final String CUES =
      """
      WEBVTT - Sample

      STYLE
      ::cue { color: yellow }

      first
      00:00.500 --> 00:03.000 line:0
      one

      00:03.500 --> 00:04.500
      two
      lines
      """;

  @TempDir Path folder;

  @Test
  void run_webVttForBoth_textFilesForHlsAndFragmentsForDash() throws Exception {
    JobResult result = run(builder(OutputFormat.HLS, OutputFormat.DASH));
    assertThat(result.verification().findings()).isEmpty();
    assertThat(files("text-de")).containsAll(List.of("init.mp4", "media.m3u8", "seg-1.m4s"));
    assertThat(files("text-de").stream().filter(f -> f.endsWith(".vtt")).count())
        .isEqualTo(files("video-360p").stream().filter(f -> f.endsWith(".m4s")).count());
    assertThat(text("text-de/seg-2.vtt"))
        .isEqualTo(
            """
            WEBVTT - Sample
            X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000

            STYLE
            ::cue { color: yellow }

            first
            00:00:00.500 --> 00:00:03.000 line:0
            one

            00:00:03.500 --> 00:00:04.500
            two
            lines
            """);
    assertThat(text("master.m3u8"))
        .contains(
            "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subtitles\",LANGUAGE=\"de\",NAME=\"German\","
                + "DEFAULT=NO,AUTOSELECT=YES,URI=\"text-de/media.m3u8\"\n")
        .contains(",SUBTITLES=\"subtitles\"")
        .doesNotContain("wvtt");
    assertThat(durations("text-de")).isEqualTo(durations("video-360p"));
    assertThat(text("text-de/media.m3u8")).contains("seg-1.vtt").doesNotContain("EXT-X-MAP");
    assertThat(text("manifest.mpd")).contains("codecs=\"wvtt\"").contains("value=\"subtitle\"");
  }

  @Test
  void run_webVttForHlsAlone_noFragments() throws Exception {
    JobResult result = run(builder(OutputFormat.HLS));
    assertThat(files("text-de")).noneMatch(f -> f.endsWith("m4s") || f.endsWith("mp4"));
    assertThat(result.presentation().allTracks())
        .anyMatch(track -> track.track().name().equals("text-de"));
    assertThat(text("keymux-report.json")).contains("text-de");
  }

  @Test
  void run_webVttForDashAlone_noTextFiles() throws Exception {
    run(builder(OutputFormat.DASH));
    assertThat(files("text-de")).noneMatch(f -> f.endsWith("vtt")).contains("seg-1.m4s");
  }

  @Test
  void run_singleFile_textFilesBesideIt() throws Exception {
    run(builder(OutputFormat.HLS, OutputFormat.DASH).layout(Layout.SINGLE_FILE));
    assertThat(folder.resolve("out/text-de.mp4")).exists();
    assertThat(text("text-de/media.m3u8")).contains("seg-1.vtt").doesNotContain("BYTERANGE");
  }

  @Test
  void run_transportStream_textOnItsClock() throws Exception {
    JobResult result = run(inTransportStream(builder(OutputFormat.HLS)));
    assertThat(text("text-de/seg-1.vtt"))
        .startsWith("WEBVTT - Sample\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n");
    assertThat(text("text-de/media.m3u8")).doesNotContain("KEY");
    assertThat(result.verification().passed()).isTrue();
  }

  @Test
  void run_ttmlForBoth_eachSegmentADocumentOfItsOwn() throws Exception {
    Path ttml = Files.writeString(folder.resolve("t.ttml"), ttml(), UTF_8);
    JobResult result =
        run(
            base(OutputFormat.HLS, OutputFormat.DASH)
                .input(JobInput.of(ttml).named(null, null, Selection.NONE, PlaybackPolicy.NONE)));
    assertThat(result.verification().findings()).isEmpty();
    assertThat(text("master.m3u8"))
        .contains("stpp.ttml.im1t")
        .contains("GROUP-ID=\"subtitles-stpp.ttml.im1t\",LANGUAGE=\"fr\",NAME=\"French\"");
    assertThat(text("text-fr/seg-1.m4s")).contains("premier").doesNotContain("second");
    assertThat(text("text-fr/seg-2.m4s")).contains("second").doesNotContain("premier");
    assertThat(text("text-fr/init.mp4")).contains("subt").contains("sthd");
    assertThat(text("text-fr/media.m3u8")).contains("EXT-X-MAP");
    assertThat(durations("text-fr")).isEqualTo(durations("video-360p"));
  }

  @Test
  void run_ttmlInTransportStream_leftOutWithANote() throws Exception {
    Path ttml = Files.writeString(folder.resolve("t.xml"), ttml(), UTF_8);
    JobResult result =
        run(
            inTransportStream(
                base(OutputFormat.HLS)
                    .input(
                        JobInput.of(ttml).named(null, null, Selection.NONE, PlaybackPolicy.NONE))));
    assertThat(result.notes()).anyMatch(note -> note.contains("HLS has WebVTT only"));
    assertThat(text("master.m3u8")).doesNotContain("SUBTITLES");
  }

  /** What was packaged is packaged again: cues of an MP4 come out as those of a file. */
  @Test
  void run_webVttOfAnMp4_theSameCues() throws Exception {
    run(builder(OutputFormat.HLS, OutputFormat.DASH).layout(Layout.SINGLE_FILE));
    Set<String> names = files("text-de");
    String first = text("text-de/seg-1.vtt");
    Path mp4 = folder.resolve("text.mp4");
    Files.move(folder.resolve("out/text-de.mp4"), mp4);
    run(
        base(OutputFormat.HLS)
            .input(JobInput.of(mp4).named(null, "de", Selection.NONE, PlaybackPolicy.NONE)));
    assertThat(files("text-de")).isEqualTo(names);
    assertThat(text("text-de/seg-1.vtt")).isEqualTo(first);
  }

  private static String ttml() {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
            xml:lang="fr" ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text">
          <head/>
          <body><div>
            <p begin="00:00:00.500" end="00:00:01.500">premier</p>
            <p begin="2.5s" dur="1s">second</p>
          </div></body>
        </tt>
        """;
  }

  private PackagingJob.Builder builder(OutputFormat... formats) throws IOException {
    Path vtt = Files.writeString(folder.resolve("t.vtt"), CUES, UTF_8);
    return base(formats)
        .input(JobInput.of(vtt).named(null, "de", Selection.NONE, PlaybackPolicy.NONE));
  }

  private PackagingJob.Builder base(OutputFormat... formats) {
    return SampleJob.small(folder.resolve("out")).formats(EnumSet.copyOf(List.of(formats)));
  }

  private static PackagingJob.Builder inTransportStream(PackagingJob.Builder job) {
    return job.systems(DrmSystem.AES_128)
        .container(Container.TS)
        .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}"));
  }

  private static JobResult run(PackagingJob.Builder job) throws InterruptedException {
    return Keymux.packager().keys(SampleJob.KEYS).run(job.build());
  }

  private String text(String name) throws IOException {
    return new String(
        Files.readAllBytes(folder.resolve("out").resolve(name)),
        name.endsWith("4s") || name.endsWith("4")
            ? java.nio.charset.StandardCharsets.ISO_8859_1
            : UTF_8);
  }

  private Set<String> files(String track) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out").resolve(track))) {
      return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
    }
  }

  private List<String> durations(String track) throws IOException {
    return text(track + "/media.m3u8").lines().filter(l -> l.startsWith("#EXTINF")).toList();
  }
}
