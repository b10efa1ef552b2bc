package io.keymux.testvectors.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
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

/** Clear lead and key changes play in Chromium across their borders. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeySchedulePlaybackIT {
  /** Behind the end of a clear lead of 2 s and the first key period of 4 s. */
  private static final double PAST_BORDERS = 7;

  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CENC, SEGMENTS, SAMPLE_GROUPS",
    "CBCS, SEGMENTS, SAMPLE_GROUPS",
    "CBCS, SINGLE_FILE, SAMPLE_GROUPS",
    "CENC, SINGLE_FILE, NEW_PERIODS",
    "CBCS, SEGMENTS, NEW_PERIODS"
  })
  void play_sampleLadder_goesOnOverEveryBorder(
      ProtectionScheme scheme, Layout layout, KeyChange change, @TempDir Path work)
      throws Exception {
    Path folder = work.resolve("out");
    try (MediaServer server = Players.serve(folder)) {
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(scheme, layout, KeyRule.PRESET0, 2),
              job ->
                  job.schedule(new KeySchedule(2, 4, change))
                      .signaling(
                          SignalingSettings.DEFAULT
                              .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                              .withKeyUri(server.url("/keys/{kid}"))),
              folder);
      assertThat(packaged.keys().toMap()).hasSizeGreaterThan(1);
      server.keys(packaged.keys());

      plays("DASH in shaka-player", server, "playShaka", "manifest.mpd");
      // Of sample groups, dash.js knows one KID of ClearKey for a whole Period, and shaka-player
      // takes every plain key of HLS for that of the init segment.
      if (change == KeyChange.NEW_PERIODS) {
        plays("DASH in dash.js", server, "playDash", "manifest.mpd");
        plays("HLS in shaka-player", server, "playShaka", "master.m3u8");
      }
    }
  }

  private void plays(String what, MediaServer server, String function, String manifest)
      throws Exception {
    Browser.Seen seen = players.play(server, function, manifest, PAST_BORDERS, 40);
    Players.assertPlays(what, seen);
    assertThat(seen.time()).as("%s: %s", what, seen).isGreaterThanOrEqualTo(PAST_BORDERS - 0.2);
  }
}
