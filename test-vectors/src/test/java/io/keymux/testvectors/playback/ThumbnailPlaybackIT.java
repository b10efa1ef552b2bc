package io.keymux.testvectors.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.Tiling;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Players in headless Chromium find the right image, the right place in it, and there the colour of
 * the right thumbnail.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThumbnailPlaybackIT {
  /** Three images of 4 seconds for 10 seconds of media. */
  private static final TileImages JPEG =
      new TileImages(new Tiling(2, 2, 1_000_000), "jpg", 160, 96, 3);

  /** One image of 10 seconds. */
  private static final TileImages PNG = new TileImages(new Tiling(5, 4, 500_000), "png", 80, 48, 1);

  /** Four images of 2.4 seconds, in a grid of its own: half a thumbnail is missing at the end. */
  private static final TileImages SMALL =
      new TileImages(new Tiling(3, 1, 800_000), "jpg", 80, 32, 4);

  private static final double[] TIMES = {0, 0.5, 1, 1.99, 2, 3.5, 4, 5.9, 6, 6.3, 7.99, 8, 9.5};

  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SEGMENTS, 0, manifest.mpd",
    "SEGMENTS, 0, master.m3u8",
    "SINGLE_FILE, 0, manifest.mpd",
    "SINGLE_FILE, 0, master.m3u8",
    "SEGMENTS, 4, manifest.mpd",
    "SEGMENTS, 4, master.m3u8",
    "SEGMENTS, 6, manifest.mpd",
    "SEGMENTS, 6, master.m3u8"
  })
  void shaka_keyPeriods_thumbnailsAtTheirTimes(
      Layout layout, double keyPeriod, String manifest, @TempDir Path work) throws Exception {
    try (MediaServer server = serve(work)) {
      pack(server, work, layout, keyPeriod);
      String url = server.url("/media/" + manifest);
      for (TileImages images : List.of(JPEG, PNG, SMALL)) {
        String type = images.format().equals("png") ? "image/png" : "image/jpeg";
        assertThat(call(server, "shakaThumbnails", List.of(url, type, 3, expected(images))))
            .as("%s of %s", images, manifest)
            .isEmpty();
      }
    }
  }

  /** Tracks of one format are one set, of which dash.js takes the lowest bandwidth. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 4, 6})
  void dashJs_keyPeriods_thumbnailsAtTheirTimes(double keyPeriod, @TempDir Path work)
      throws Exception {
    for (TileImages images : List.of(JPEG, PNG, SMALL)) {
      Path own = work.resolve(images.format() + images.height());
      assertThat(own.toFile().mkdirs()).isTrue();
      try (MediaServer server = serve(own)) {
        pack(server, own, Layout.SEGMENTS, keyPeriod, images);
        assertThat(
                call(
                    server,
                    "dashThumbnails",
                    List.of(server.url("/media/manifest.mpd"), expected(images))))
            .as("%s with key periods of %s", images, keyPeriod)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FMP4", "TS"})
  void shaka_besideAes128_thumbnailsAtTheirTimes(Container container, @TempDir Path work)
      throws Exception {
    try (MediaServer server = serve(work)) {
      Packaged.run(
          Repository.sampleLadder(),
          new Packaged.Options(ProtectionScheme.CBC1, Layout.SEGMENTS, KeyRule.PRESET0, 2),
          with(work, JPEG)
              .andThen(
                  job ->
                      job.systems(DrmSystem.AES_128)
                          .container(container)
                          .formats(Set.of(OutputFormat.HLS))
                          .signaling(
                              SignalingSettings.DEFAULT.withKeyUri(server.url("/keys/{kid}")))),
          work.resolve("out"));
      assertThat(
              call(
                  server,
                  "shakaThumbnails",
                  List.of(server.url("/media/master.m3u8"), "image/jpeg", 1, expected(JPEG))))
          .isEmpty();
    }
  }

  /** The page tells a wrong thumbnail, or the other tests would prove nothing. */
  @Test
  void page_otherThumbnails_areTold(@TempDir Path work) throws Exception {
    try (MediaServer server = serve(work)) {
      pack(server, work, Layout.SEGMENTS, 0, JPEG);
      Map<String, Object> next = new HashMap<>(JPEG.at(5));
      next.put("time", 3);
      for (String function : List.of("shakaThumbnails", "dashThumbnails")) {
        List<Object> arguments =
            function.startsWith("dash")
                ? List.of(server.url("/media/manifest.mpd"), List.of(next))
                : List.of(server.url("/media/manifest.mpd"), "image/jpeg", 1, List.of(next));
        assertThat(call(server, function, arguments))
            .as(function)
            .anyMatch(error -> error.contains("image-1.jpg, expected thumbnails-96p/image-2.jpg"))
            .anyMatch(error -> error.contains("y 96, expected 0"))
            .anyMatch(error -> error.contains("colour "));
      }
    }
  }

  private static void pack(
      MediaServer server, Path work, Layout layout, double keyPeriod, TileImages... tracks)
      throws InterruptedException {
    SignalingSettings signaling =
        SignalingSettings.DEFAULT
            .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
            .withKeyUri(server.url("/keys/{kid}"));
    Packaged packaged =
        Packaged.run(
            Repository.sampleLadder(),
            new Packaged.Options(ProtectionScheme.CENC, layout, KeyRule.PRESET0, 2),
            with(work, tracks.length == 0 ? new TileImages[] {JPEG, PNG, SMALL} : tracks)
                .andThen(
                    job ->
                        job.signaling(signaling)
                            .schedule(new KeySchedule(0, keyPeriod, KeyChange.NEW_PERIODS))),
            work.resolve("out"));
    assertThat(packaged.result().verification().findings()).isEmpty();
    server.keys(packaged.keys());
  }

  private static Consumer<PackagingJob.Builder> with(Path work, TileImages... tracks) {
    return job -> {
      for (TileImages images : tracks) {
        job.input(JobInput.thumbnails(images.write(work), images.tiling()));
      }
    };
  }

  private static List<Map<String, Object>> expected(TileImages images) {
    return DoubleStream.of(TIMES).mapToObj(images::at).toList();
  }

  private List<String> call(MediaServer server, String function, List<?> arguments)
      throws IOException {
    return players.run(server, "/thumbnails.html", function, arguments).errors();
  }

  private static MediaServer serve(Path work) throws IOException {
    return Players.serve(work.resolve("out"));
  }
}
