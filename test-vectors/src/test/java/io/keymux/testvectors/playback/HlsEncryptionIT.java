package io.keymux.testvectors.playback;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.matrix.Packaged;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * AES-128 and SAMPLE-AES play in headless Chromium in the players that know them: hls.js all three,
 * shaka-player AES-128 alone, with a clear and an encrypted init segment. With a wrong key nothing
 * plays.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HlsEncryptionIT {
  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({
    "AES_128, FMP4, false, 0, 0, true",
    "AES_128, FMP4, true, 0, 0, true",
    "AES_128, TS, false, 0, 0, true",
    "AES_128, FMP4, false, 2, 4, true",
    "AES_128, FMP4, true, 2, 0, true",
    "AES_128, FMP4, true, 2, 4, true",
    "AES_128, FMP4, true, 0, 4, true",
    "AES_128, TS, false, 2, 4, true",
    "SAMPLE_AES, TS, false, 0, 0, false",
    "SAMPLE_AES, TS, false, 0, 4, false"
  })
  void play_sampleLadder_decodesFramesOnlyWithTheKey(
      DrmSystem system,
      Container container,
      boolean encryptInit,
      double clearLead,
      double keyPeriod,
      boolean inShaka,
      @TempDir Path work)
      throws Exception {
    Path folder = work.resolve("out");
    ProtectionScheme scheme =
        system == DrmSystem.AES_128 ? ProtectionScheme.CBC1 : ProtectionScheme.CBCS;
    try (MediaServer server = Players.serve(folder)) {
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(scheme, Layout.SEGMENTS, KeyRule.PRESET0, 2),
              job ->
                  job.systems(system)
                      .container(container)
                      .formats(Set.of(OutputFormat.HLS))
                      .encryptInit(encryptInit)
                      .verify(VerifyLevel.FULL)
                      .schedule(new KeySchedule(clearLead, keyPeriod, KeyChange.SAMPLE_GROUPS))
                      .signaling(SignalingSettings.DEFAULT.withKeyUri(server.url("/keys/{kid}"))),
              folder);

      server.keys(packaged.keys());
      Players.assertPlays("hls.js", players.play(server, "playHls", "master.m3u8", 6, 30));
      if (inShaka) {
        Players.assertPlays("shaka", players.play(server, "playShaka", "master.m3u8", 6, 30));
      }
      server.keys(packaged.keys().wrong());
      // Without its init segment, a clear lead plays as little as the rest.
      if (clearLead == 0 || encryptInit) {
        Players.assertDoesNotPlay("hls.js", players.play(server, "playHls", "master.m3u8", 5));
        if (inShaka) {
          Players.assertDoesNotPlay("shaka", players.play(server, "playShaka", "master.m3u8", 5));
        }
      }
    }
  }
}
