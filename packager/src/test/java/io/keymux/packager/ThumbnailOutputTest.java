package io.keymux.packager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.image.TestImages;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.Tiling;
import io.keymux.packager.verify.Finding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Images of thumbnails beside the 10 seconds of the sample ladder. */
class ThumbnailOutputTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Layout.class)
  void run_twoTracks_imagesAsTheyWereGivenInBothManifests(Layout layout) throws Exception {
    List<Path> jpegs = TestImages.jpegs(folder, "j", 3, 160, 96);
    byte[] png = TestImages.png(200, 80, BufferedImage.TYPE_INT_RGB, false);
    Path small = TestImages.write(folder.resolve("s.png"), png);
    JobResult result =
        run(
            SampleJob.small(folder.resolve("out"))
                .layout(layout)
                .input(JobInput.thumbnails(jpegs, Tiling.of("2x2", "1")))
                .input(JobInput.thumbnails(List.of(small), Tiling.of("5x4", "0.5"))));

    assertThat(result.verification().findings()).isEmpty();
    for (int i = 0; i < 3; i++) {
      Path written = folder.resolve("out/thumbnails-48p/image-" + (i + 1) + ".jpg");
      assertThat(written).hasSameBinaryContentAs(jpegs.get(i));
    }
    assertThat(folder.resolve("out/thumbnails-20p/image-1.png")).hasSameBinaryContentAs(small);
    assertThat(text("manifest.mpd"))
        .containsPattern(
            """
                <AdaptationSet id="3" contentType="image" mimeType="image/jpeg">
                  <Representation id="thumbnails-48p" bandwidth="\\d+" width="160" height="96">
                    <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" value="2x2"/>
                    <SegmentTemplate timescale="1" media="thumbnails-48p/image-\\$Number\\$.jpg" startNumber="1" duration="4"/>
                  </Representation>
                </AdaptationSet>
                <AdaptationSet id="4" contentType="image" mimeType="image/png">
            """);
    assertThat(text("master.m3u8"))
        .containsPattern(
            "#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=\\d+,RESOLUTION=80x48,CODECS=\"jpeg\","
                + "URI=\"thumbnails-48p/media.m3u8\"\n"
                + "#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=\\d+,RESOLUTION=40x20,CODECS=\"png\"");
    assertThat(text("thumbnails-48p/media.m3u8"))
        .contains("#EXT-X-IMAGES-ONLY\n")
        .endsWith(
            """
            #EXTINF:2.000000,
            #EXT-X-TILES:RESOLUTION=80x48,LAYOUT=2x2,DURATION=1
            image-3.jpg
            #EXT-X-ENDLIST
            """);
    assertThat(text("keymux-report.json"))
        .contains("\"name\": \"thumbnails-48p\"", "\"tiles\": \"5x4\"", "\"every\": 0.5");
  }

  /** Keys change at 6 seconds: in the middle of an image that both Periods show. */
  @Test
  void run_periodInsideAnImage_bothPeriodsNameIt() throws Exception {
    run(
        withThumbnails("2x2", "1", 3)
            .schedule(new KeySchedule(0, 6, KeyChange.NEW_PERIODS))
            .formats(EnumSet.of(OutputFormat.DASH)));

    assertThat(text("manifest.mpd").replaceAll("(?s).*<Period id=\"1\"", ""))
        .contains(
            """
                    <SegmentTemplate timescale="1" presentationTimeOffset="6" media="thumbnails-48p/image-$Number$.jpg" startNumber="2">
                      <SegmentTimeline>
                        <S t="4" d="4" r="1"/>
            """);
  }

  @Test
  void run_periodWhereAnImageBegins_countsFromIt() throws Exception {
    run(
        withThumbnails("2x2", "1", 3)
            .schedule(new KeySchedule(0, 4, KeyChange.NEW_PERIODS))
            .formats(EnumSet.of(OutputFormat.DASH)));

    assertThat(text("manifest.mpd"))
        .contains(
            "<SegmentTemplate timescale=\"1\" presentationTimeOffset=\"4\""
                + " media=\"thumbnails-48p/image-$Number$.jpg\" startNumber=\"2\" duration=\"4\"/>")
        .contains(" presentationTimeOffset=\"8\"")
        .doesNotContain("<S t=\"4\" d=\"4\"");
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void run_besideAes128_inPlaylists(Container container) throws Exception {
    JobResult result =
        run(
            withThumbnails("2x2", "1", 3)
                .systems(DrmSystem.AES_128)
                .container(container)
                .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}")));

    assertThat(result.verification().findings())
        .extracting(Finding::code)
        .containsOnly("hls-no-iframes");
    assertThat(text("thumbnails-48p/media.m3u8")).doesNotContain("KEY").doesNotContain("MAP");
    assertThat(text("master.m3u8")).contains("EXT-X-IMAGE-STREAM-INF");
  }

  /** A grid, a time and a number of images for 10 seconds. */
  @ParameterizedTest
  @CsvSource({
    "2x2, 1,    3, ''",
    "1x1, 2.5,  4, ''",
    "1x1, 10,   1, ''",
    "1x1, 60,   1, ''",
    "2x2, 1.2,  2, ''",
    "2x2, 0.83, 3, ''",
    "2x2, 1,    2, thumbnails-too-few",
    "1x1, 2.5,  3, thumbnails-too-few",
    "2x2, 1.1,  2, thumbnails-too-few",
    "2x2, 1,    4, thumbnails-too-many",
    "1x1, 2.5,  5, thumbnails-too-many",
    "1x1, 10,   2, thumbnails-too-many",
    "3x2, 1,    2, thumbnails-indivisible",
    "2x5, 1,    1, thumbnails-indivisible"
  })
  void run_imagesForTheMedia_lessThanAThumbnailMayBeMissing(
      String grid, String every, int images, String code) throws Exception {
    PackagingJob.Builder job = withThumbnails(grid, every, images);
    if (code.isEmpty()) {
      assertThat(run(job).verification().findings()).isEmpty();
    } else {
      assertThat(refusal(job).code()).isEqualTo(code);
    }
  }

  @Test
  void run_imagesThatDiffer_areRefused() {
    List<Path> images = new ArrayList<>(TestImages.jpegs(folder, "j", 2, 160, 96));
    images.addAll(TestImages.jpegs(folder, "k", 1, 160, 80));
    DrmException refusal = refusal(with(images));
    assertThat(refusal.code()).isEqualTo("thumbnails-differ");
    assertThat(refusal.problem()).contains("k-1.jpg is JPEG of 160x80, but").contains("160x96");
    byte[] png = TestImages.png(160, 96, BufferedImage.TYPE_INT_RGB, false);
    images.set(2, TestImages.write(folder.resolve("k.png"), png));
    assertThat(refusal(with(images)).problem()).contains("k.png is PNG of 160x96");
  }

  @Test
  void run_badImage_isRefusedBeforeAnythingIsWritten() throws IOException {
    List<Path> images = TestImages.jpegs(folder, "j", 3, 160, 96);
    byte[] last = Files.readAllBytes(images.get(2));
    TestImages.write(images.get(2), Arrays.copyOf(last, last.length - 2));

    DrmException refusal = refusal(with(images));
    assertThat(refusal.code()).isEqualTo("image-malformed");
    assertThat(refusal.problem())
        .contains(images.get(2) + ", byte " + (last.length - 2) + ": the file ends");
    assertThat(refusal(with(List.of(folder.resolve("none.jpg")))).code())
        .isEqualTo("input-unreadable");
  }

  @Test
  void run_thumbnailsAlone_areNoMedia() {
    PackagingJob.Builder job =
        PackagingJob.builder()
            .output(folder.resolve("out"))
            .input(thumbnails(TestImages.jpegs(folder, "j", 1, 160, 96)));
    assertThat(refusal(job).code()).isEqualTo("no-media");
  }

  @Test
  void plan_thumbnails_namesTheirFiles() throws Exception {
    JobPreview plan = Keymux.packager().plan(withThumbnails("2x2", "1", 3).build());
    assertThat(plan.files())
        .endsWith(
            "thumbnails-48p/image-1.jpg",
            "thumbnails-48p/image-2.jpg",
            "thumbnails-48p/image-3.jpg");
    assertThat(plan.tracks()).hasSize(2);
    assertThat(plan.thumbnails()).hasSize(1);
  }

  private PackagingJob.Builder withThumbnails(String grid, String every, int images) {
    return SampleJob.small(folder.resolve("out"))
        .input(
            JobInput.thumbnails(
                TestImages.jpegs(folder, "j", images, 160, 96), Tiling.of(grid, every)));
  }

  private PackagingJob.Builder with(List<Path> images) {
    return SampleJob.small(folder.resolve("out")).input(thumbnails(images));
  }

  private static JobInput thumbnails(List<Path> images) {
    return JobInput.thumbnails(images, Tiling.of("2x2", "1"));
  }

  private DrmException refusal(PackagingJob.Builder job) {
    DrmException refusal = catchThrowableOfType(DrmException.class, () -> run(job));
    assertThat(refusal).isNotNull();
    assertThat(folder.resolve("out")).doesNotExist();
    return refusal;
  }

  private static JobResult run(PackagingJob.Builder job) throws InterruptedException {
    return Keymux.packager().keys(SampleJob.KEYS).run(job.build());
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name), UTF_8);
  }
}
