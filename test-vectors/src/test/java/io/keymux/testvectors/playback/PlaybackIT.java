package io.keymux.testvectors.playback;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.media.Layout;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sample ladder plays in headless Chromium under ClearKey, and with a wrong key it does not.
 * Players get nothing but the manifest: they find the licence or key address in it.
 *
 * <p>This proves decryption and manifests in real players; it proves nothing about the licences of
 * Widevine, PlayReady and FairPlay, which Chromium does not have.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaybackIT {
  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CENC,SEGMENTS,preset0",
    "CENC,SINGLE_FILE,preset1",
    "CBCS,SEGMENTS,preset1",
    "CBCS,SINGLE_FILE,preset0"
  })
  void play_sampleLadder_decodesFramesOnlyWithTheKey(
      ProtectionScheme scheme, Layout layout, KeyRule rule, @TempDir Path work) throws Exception {
    Path folder = work.resolve("out");
    try (MediaServer server = Players.serve(folder)) {
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(scheme, layout, rule, 2),
              SignalingSettings.DEFAULT
                  .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                  .withKeyUri(server.url("/keys/{kid}")),
              folder);

      server.keys(packaged.keys());
      Players.assertPlays(
          "DASH in shaka-player", players.play(server, "playShaka", "manifest.mpd", 20));
      Players.assertPlays(
          "HLS in shaka-player", players.play(server, "playShaka", "master.m3u8", 20));
      Players.assertPlays("DASH in dash.js", players.play(server, "playDash", "manifest.mpd", 20));

      server.keys(packaged.keys().wrong());
      Players.assertDoesNotPlay(
          "DASH in shaka-player", players.play(server, "playShaka", "manifest.mpd", 5));
      Players.assertDoesNotPlay(
          "HLS in shaka-player", players.play(server, "playShaka", "master.m3u8", 5));
      Players.assertDoesNotPlay(
          "DASH in dash.js", players.play(server, "playDash", "manifest.mpd", 5));
    }
  }
}
