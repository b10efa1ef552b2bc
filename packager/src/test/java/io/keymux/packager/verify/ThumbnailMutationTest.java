package io.keymux.packager.verify;

import static io.keymux.packager.verify.OutputEdits.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.JobResult;
import io.keymux.packager.image.TestImages;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.Tiling;
import io.keymux.packager.verify.OutputEdits.Change;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.PresentationFiles;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Published thumbnails with one thing changed: the change is found, and called by its name. */
class ThumbnailMutationTest {
  private static final String MPD = "manifest.mpd";
  private static final String LIST = "thumbnails-48p/media.m3u8";
  private static final String IMAGE = "thumbnails-48p/image-2.jpg";
  private static final List<Path> SOURCES =
      List.of(PackagedLadder.SOURCES.get(0), PackagedLadder.SOURCES.get(3));
  private static final List<JobResult> JOB = new ArrayList<>();

  @TempDir private static Path whole;
  @TempDir private Path folder;
  private Path output = Path.of("");

  @BeforeAll
  static void pack() throws InterruptedException {
    JOB.add(
        PackagedLadder.packInto(
            whole.resolve("out"),
            ProtectionScheme.CENC,
            Layout.SEGMENTS,
            KeyRule.PRESET0,
            SOURCES,
            job ->
                job.input(
                    JobInput.thumbnails(
                        TestImages.jpegs(whole, "j", 3, 160, 96), Tiling.of("2x2", "1")))));
  }

  @BeforeEach
  void copy() throws IOException {
    output = folder.resolve("copy");
    Path from = whole.resolve("out");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, output.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** What anybody sees who has the output alone. */
  static Stream<Arguments> mutations() {
    return Stream.of(
        Arguments.of("image missing", "file-missing", delete(IMAGE)),
        Arguments.of("image of another size", "thumbnail-size", image(jpeg(160, 80))),
        Arguments.of("image of another format", "thumbnail-type", image(png())),
        Arguments.of("image cut", "image-malformed", image(Arrays.copyOf(jpeg(160, 96), 300))),
        Arguments.of("no image", "image-unsupported", image(new byte[100])),
        Arguments.of("larger image", "bandwidth-too-low", image(padded())),
        Arguments.of("MPD grid", "thumbnail-grid", text(MPD, "value=\"2x2\"", "value=\"3x2\"")),
        Arguments.of("MPD no grid", "thumbnail-grid", text(MPD, "value=\"2x2\"", "value=\"2\"")),
        Arguments.of("MPD width", "thumbnail-size", text(MPD, "width=\"160\"", "width=\"80\"")),
        Arguments.of("MPD type", "thumbnail-type", text(MPD, "image/jpeg", "image/png")),
        Arguments.of("MPD short", "file-missing", text(MPD, "duration=\"4\"", "duration=\"3\"")),
        Arguments.of("MPD long", "thumbnail-duration", text(MPD, "n=\"4\"", "n=\"9\"")),
        Arguments.of("MPD other grid", "thumbnail-grid", text(MPD, "\"2x2\"", "\"4x1\"")),
        Arguments.of("MPD number", "file-missing", text(MPD, "1\" duration", "2\" duration")),
        Arguments.of("MPD name", "file-missing", text(MPD, "image-\\$N", "img-\\$N")),
        Arguments.of("MPD no name", "no-segments", text(MPD, "image-\\$Number\\$", "none")),
        Arguments.of("LAYOUT", "thumbnail-grid", text(LIST, "LAYOUT=2x2", "LAYOUT=3x2")),
        Arguments.of("DURATION", "thumbnail-duration", text(LIST, "DURATION=1", "DURATION=2")),
        Arguments.of("EXTINF", "thumbnail-duration", text(LIST, "EXTINF:4.0+,", "EXTINF:3.0,")),
        Arguments.of("last EXTINF", "thumbnail-duration", text(LIST, "F:2.0+,", "F:4.4,")),
        Arguments.of("image left out", "thumbnail-span", text(LIST, last(), "")),
        Arguments.of("RESOLUTION", "thumbnail-size", text("master.m3u8", "=80x48", "=160x48")),
        Arguments.of("CODECS", "thumbnail-type", text("master.m3u8", "\"jpeg\"", "\"png\"")),
        Arguments.of("URI", "file-missing", text("master.m3u8", "s-48p/media", "s-48p/m")),
        Arguments.of(
            "BANDWIDTH",
            "bandwidth-too-low",
            text("master.m3u8", "(IMAGE.*)BANDWIDTH=(\\d+)\\d,", "$1BANDWIDTH=$2,")),
        Arguments.of(
            "no BANDWIDTH",
            "hls-attribute-missing",
            text("master.m3u8", "(IMAGE.*)BANDWIDTH=\\d+,", "$1")),
        Arguments.of("no IMAGES-ONLY", "hls-tag-missing", text(LIST, "#EXT-X-IMAGES-ONLY\n", "")),
        Arguments.of("no TILES", "hls-tag-missing", text(LIST, "#EXT-X-TILES:.*\n", "")),
        Arguments.of("no DURATION", "hls-attribute-missing", text(LIST, ",DURATION=1", "")),
        Arguments.of("no LAYOUT", "hls-attribute-malformed", text(LIST, ",LAYOUT=2x2", "")),
        Arguments.of("no target", "hls-tag-missing", text(LIST, "#EXT-X-TARGET.*\n", "")),
        Arguments.of(
            "TILES of another size",
            "hls-attribute-malformed",
            text(LIST, "RESOLUTION=80x48", "RESOLUTION=40x48")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mutations")
  void verify_oneChange_isFound(String what, String code, Change change) throws IOException {
    assertThat(codes(output)).as("unchanged").isEmpty();

    change.apply(output);

    assertThat(codes(output)).as(what).contains(code);
  }

  /** What only the job sees, which has the images and the wish. */
  static Stream<Arguments> jobMutations() {
    return Stream.of(
        Arguments.of("another picture", "thumbnail-not-the-source", image(jpeg(160, 96))),
        Arguments.of("MPD grid", "thumbnail-grid", text(MPD, "value=\"2x2\"", "value=\"4x1\"")),
        Arguments.of("LAYOUT", "thumbnail-grid", text(LIST, "LAYOUT=2x2", "LAYOUT=1x4")),
        Arguments.of("MPD ticks", "thumbnail-duration", text(MPD, "n=\"4\"", "n=\"5\"")),
        Arguments.of("order", "thumbnail-duration", text(LIST, "image-2", "image-1")),
        Arguments.of("left out", "manifest-names-other-media", text(LIST, last(), "")),
        Arguments.of(
            "not in the MPD",
            "manifest-names-other-media",
            text(MPD, "(?s)<AdaptationSet id=\"3\".*</AdaptationSet>", "")),
        Arguments.of(
            "not in HLS",
            "manifest-names-other-media",
            text("master.m3u8", "#EXT-X-IMAGE-STREAM.*\n", "")),
        Arguments.of(
            "others", "manifest-names-other-media", text(LIST, "image-\\d.jpg", "../other.jpg")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("jobMutations")
  void check_oneChange_isFound(String what, String code, Change change) throws IOException {
    TestImages.write(output.resolve("other.jpg"), jpeg(160, 96));
    assertThat(jobCodes(output)).as("unchanged").isEmpty();

    change.apply(output);

    assertThat(jobCodes(output)).as(what).contains(code);
  }

  /** Others name images in other ways. */
  @Test
  void verify_mpdWithAList_readsIt() throws IOException {
    text(
            MPD,
            "<SegmentTemplate timescale=\"1\" media=\"thumb[^>]*>",
            "<SegmentList timescale=\"2\" duration=\"8\">"
                + "<SegmentURL media=\"thumbnails-48p/image-1.jpg\"/>"
                + "<SegmentURL media=\"thumbnails-48p/image-2.jpg\"/>"
                + "<SegmentURL media=\"thumbnails-48p/image-3.jpg\"/></SegmentList>")
        .apply(output);
    assertThat(codes(output)).isEmpty();
    text(MPD, "duration=\"8\"", "duration=\"10\"").apply(output);
    assertThat(codes(output)).contains("thumbnail-duration");
  }

  @Test
  void verify_mpdWithOneImage_readsIt() throws IOException {
    text(
            MPD,
            "<SegmentTemplate timescale=\"1\" media=\"thumb[^>]*>",
            "<BaseURL>thumbnails-48p/image-1.jpg</BaseURL>")
        .apply(output);
    Files.delete(output.resolve("master.m3u8"));
    assertThat(codes(output)).isEmpty();
    text(MPD, "48p/image-1", "48p/image-9").apply(output);
    assertThat(codes(output)).contains("file-missing");
  }

  @Test
  void verify_theirPlaylistAlone_readsIt() throws IOException {
    assertThat(codes(output.resolve(LIST))).isEmpty();
    delete(IMAGE).apply(output);
    assertThat(codes(output.resolve(LIST))).contains("file-missing");
  }

  private static List<String> codes(Path path) {
    return PresentationVerifier.verify(new VerifyRequest(path, TestKeys.of(JOB.get(0)), SOURCES))
        .findings()
        .stream()
        .map(Finding::code)
        .toList();
  }

  private static List<String> jobCodes(Path output) {
    List<String> codes = new ArrayList<>();
    PresentationFolder files =
        new PresentationFolder(output, (code, place, text) -> codes.add(code));
    Manifest manifest = Objects.requireNonNull(PresentationFiles.of(output).read(files));
    ThumbnailOutputCheck.check(
        JOB.get(0).presentation(),
        manifest.thumbnails(),
        EnumSet.allOf(OutputFormat.class),
        output,
        finding -> codes.add(finding.code()));
    return codes;
  }

  private static Change image(byte[] bytes) {
    return output -> TestImages.write(output.resolve(IMAGE), bytes);
  }

  private static Change delete(String name) {
    return output -> Files.delete(output.resolve(name));
  }

  private static byte[] jpeg(int width, int height) {
    return TestImages.jpeg(width, height, 9, false);
  }

  private static byte[] png() {
    return TestImages.png(160, 96, BufferedImage.TYPE_INT_RGB, false);
  }

  private static byte[] padded() {
    byte[] image = jpeg(160, 96);
    return Arrays.copyOf(image, image.length * 3);
  }

  private static String last() {
    return "#EXTINF:2.0+,\n#EXT-X-TILES.*\nimage-3.jpg\n";
  }
}
