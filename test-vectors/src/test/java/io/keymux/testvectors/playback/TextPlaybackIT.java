package io.keymux.testvectors.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Players in headless Chromium find the cues of text files at their times. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextPlaybackIT {
  private static final String WEBVTT =
      """
      WEBVTT

      00:00.500 --> 00:01.500
      hello

      00:01.000 --> 00:04.250 line:0
      over a cut

      00:05.000 --> 00:06.000
      third segment
      """;

  private static final String TTML =
      """
      <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
          xml:lang="en" ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text">
        <head><layout/></head>
        <body><div>
          <p begin="0.5s" end="1.5s">hello</p>
          <p begin="1s" end="4.25s">over a cut</p>
          <p begin="5s" end="6s">third segment</p>
        </div></body>
      </tt>
      """;

  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({
    "vtt, SEGMENTS, playShaka, manifest.mpd",
    "vtt, SEGMENTS, playShaka, master.m3u8",
    "vtt, SEGMENTS, playDash, manifest.mpd",
    "vtt, SINGLE_FILE, playShaka, manifest.mpd",
    "vtt, SINGLE_FILE, playShaka, master.m3u8",
    "ttml, SEGMENTS, playShaka, manifest.mpd",
    "ttml, SEGMENTS, playShaka, master.m3u8",
    "ttml, SEGMENTS, playDash, manifest.mpd"
  })
  void play_textBesideCommonEncryption_cuesAtTheirTimes(
      String kind, Layout layout, String player, String manifest, @TempDir Path work)
      throws Exception {
    Path text = text(kind, work);
    Path folder = work.resolve("out");
    try (MediaServer server = Players.serve(folder)) {
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(ProtectionScheme.CENC, layout, KeyRule.PRESET0, 2),
              job ->
                  job.input(text)
                      .signaling(
                          SignalingSettings.DEFAULT
                              .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                              .withKeyUri(server.url("/keys/{kid}"))),
              folder);
      server.keys(packaged.keys());
      assertShows(players.play(server, player, manifest, 5.5, 30));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vtt, FMP4, playHls",
    "vtt, TS, playHls",
    "vtt, TS, playShaka",
    "ttml, FMP4, playHls"
  })
  void play_textBesideAes128_cuesAtTheirTimes(
      String kind, Container container, String player, @TempDir Path work) throws Exception {
    Path text = text(kind, work);
    Path folder = work.resolve("out");
    try (MediaServer server = Players.serve(folder)) {
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(ProtectionScheme.CBC1, Layout.SEGMENTS, KeyRule.PRESET0, 2),
              job ->
                  job.input(text)
                      .systems(DrmSystem.AES_128)
                      .container(container)
                      .formats(Set.of(OutputFormat.HLS))
                      .signaling(SignalingSettings.DEFAULT.withKeyUri(server.url("/keys/{kid}"))),
              folder);
      server.keys(packaged.keys());
      assertShows(players.play(server, player, "master.m3u8", 5.5, 30));
    }
  }

  /** A cue may come in pieces: where it begins and where it ends counts. */
  private static void assertShows(Browser.Seen seen) {
    Players.assertPlays("text", seen);
    assertShown(seen, "hello", 0.5, 1.5);
    assertShown(seen, "over a cut", 1, 4.25);
    assertShown(seen, "third segment", 5, 6);
  }

  private static void assertShown(Browser.Seen seen, String text, double start, double end) {
    // A player may put the first decode time of a transport stream at 0: two frames earlier.
    double slack = 0.1;
    assertThat(seen.cues().stream().filter(c -> c.text().contains(text)).toList())
        .as("%s of %s", text, seen)
        .isNotEmpty()
        .allSatisfy(
            cue -> {
              assertThat(cue.start()).isGreaterThan(start - slack);
              assertThat(cue.end()).isLessThan(end + slack);
            })
        .anySatisfy(cue -> assertThat(cue.start()).isLessThan(start + slack))
        .anySatisfy(cue -> assertThat(cue.end()).isGreaterThan(end - slack));
  }

  private static Path text(String kind, Path work) throws IOException {
    return Files.writeString(work.resolve("text." + kind), kind.equals("vtt") ? WEBVTT : TTML);
  }
}
