package io.keymux.testvectors.playback;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.media.Layout;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sample ladder plays in headless Chromium under ClearKey, and with a wrong key it does not.
 * Players get nothing but the manifest: they find the licence or key address in it.
 *
 * <p>This proves decryption and manifests in real players; it proves nothing about the licences of
 * Widevine, PlayReady and FairPlay, which Chromium does not have.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaybackIT {
  private static final double SECONDS = 3;

  private @Nullable Browser browser;

  @BeforeAll
  void openBrowser() {
    browser = Browser.open();
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CENC,SEGMENTS,PRESET0",
    "CENC,SINGLE_FILE,PRESET1",
    "CBCS,SEGMENTS,PRESET1",
    "CBCS,SINGLE_FILE,PRESET0"
  })
  void play_sampleLadder_decodesFramesOnlyWithTheKey(
      ProtectionScheme scheme, Layout layout, KeyRule rule, @TempDir Path work) throws Exception {
    Path folder = work.resolve("out");
    try (MediaServer server = serve(folder)) {
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(scheme, layout, rule, 2),
              SignalingSettings.DEFAULT
                  .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                  .withKeyUri(server.url("/keys/{kid}")),
              folder);

      server.keys(packaged.keys());
      assertPlays("DASH in shaka-player", play(server, "playShaka", "manifest.mpd", 20));
      assertPlays("HLS in shaka-player", play(server, "playShaka", "master.m3u8", 20));
      assertPlays("DASH in dash.js", play(server, "playDash", "manifest.mpd", 20));

      server.keys(packaged.keys().wrong());
      assertDoesNotPlay("DASH in shaka-player", play(server, "playShaka", "manifest.mpd", 5));
      assertDoesNotPlay("HLS in shaka-player", play(server, "playShaka", "master.m3u8", 5));
      assertDoesNotPlay("DASH in dash.js", play(server, "playDash", "manifest.mpd", 5));
    }
  }

  private static void assertPlays(String what, Browser.Seen seen) {
    assertThat(seen.errors()).as(what).isEmpty();
    assertThat(seen.frames()).as("%s: %s", what, seen).isPositive();
    assertThat(seen.audioBytes()).as("%s: %s", what, seen).isPositive();
    assertThat(seen.time()).as("%s: %s", what, seen).isGreaterThan(1.5);
  }

  private static void assertDoesNotPlay(String what, Browser.Seen seen) {
    assertThat(seen.time()).as("wrong key, %s: %s", what, seen).isLessThan(0.5);
    assertThat(seen.frames() == 0 || !seen.errors().isEmpty())
        .as("wrong key, %s: no frames or an error: %s", what, seen)
        .isTrue();
  }

  private Browser.Seen play(MediaServer server, String function, String manifest, int limit)
      throws IOException {
    return requireNonNull(browser)
        .play(
            server.url("/page.html"),
            function,
            List.of(server.url("/media/" + manifest), SECONDS, limit));
  }

  private static MediaServer serve(Path folder) throws Exception {
    Path players = Repository.file("test-vectors/src/test/npm/node_modules");
    return new MediaServer(
        Map.of(
            "media", folder,
            "page.html", Repository.file("test-vectors/src/test/resources/playback/page.html"),
            "players/shaka.js", players.resolve("shaka-player/dist/shaka-player.compiled.js"),
            "players/dash.js", players.resolve("dashjs/dist/modern/umd/dash.all.min.js")));
  }
}
