package io.keymux.testvectors.playback;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import io.keymux.testvectors.matrix.TestKeys;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An asset made for Widevine plays under ClearKey once it is signalled so, and not before. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResignPlaybackIT {
  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({"CENC,SINGLE_FILE", "CBCS,SEGMENTS"})
  void play_signalledAnew_decodesFramesOnlyThen(
      ProtectionScheme scheme, Layout layout, @TempDir Path work) throws Exception {
    Path first = work.resolve("first");
    Packaged packaged =
        Packaged.run(
            Repository.sampleLadder(),
            new Packaged.Options(scheme, layout, KeyRule.PRESET1, 2),
            job -> job.systems(DrmSystem.WIDEVINE),
            first);
    try (MediaServer server = Players.serve(first)) {
      server.keys(packaged.keys());
      Players.assertDoesNotPlay("Widevine", players.play(server, "playShaka", "manifest.mpd", 5));
    }
    Path second = work.resolve("second");
    try (MediaServer server = Players.serve(second)) {
      Keymux.packager()
          .keys(new TestKeys())
          .resign(
              new ResignJob(
                  first,
                  second,
                  "matrix",
                  Set.of(DrmSystem.CLEARKEY),
                  SignalingSettings.DEFAULT
                      .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                      .withKeyUri(server.url("/keys/{kid}")),
                  KeyRule.PRESET1,
                  VerifyLevel.FULL),
              ProgressListener.NONE,
              new CancelToken());
      server.keys(packaged.keys());
      Players.assertPlays(
          "DASH in shaka-player", players.play(server, "playShaka", "manifest.mpd", 20));
      Players.assertPlays(
          "HLS in shaka-player", players.play(server, "playShaka", "master.m3u8", 20));
      Players.assertPlays("DASH in dash.js", players.play(server, "playDash", "manifest.mpd", 20));
    }
  }
}
