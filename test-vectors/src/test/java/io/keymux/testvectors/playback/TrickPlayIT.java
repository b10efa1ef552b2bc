package io.keymux.testvectors.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.matrix.Packaged;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tracks of sync samples for DASH and I-frame playlists of HLS: what they hold, and winding. */
@Isolated("a player that winds with a small buffer needs the processor")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrickPlayIT {
  private final Players players = new Players();

  @AfterAll
  void closeBrowser() {
    players.close();
  }

  @ParameterizedTest
  @CsvSource({"CENC, SEGMENTS, 2", "CBCS, SEGMENTS, 4", "CBCS, SINGLE_FILE, 4"})
  void wind_sampleLadder_showsTheSyncSamples(
      ProtectionScheme scheme, Layout layout, double segmentSeconds, @TempDir Path work)
      throws Exception {
    Path folder = work.resolve("out");
    try (MediaServer server = Players.serve(folder)) {
      Consumer<PackagingJob.Builder> wish =
          job ->
              job.trickPlay(true)
                  .segmentSeconds(segmentSeconds)
                  .signaling(
                      SignalingSettings.DEFAULT
                          .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                          .withKeyUri(server.url("/keys/{kid}")));
      Packaged packaged =
          Packaged.run(
              Repository.sampleLadder(),
              new Packaged.Options(scheme, layout, KeyRule.PRESET1, 2),
              wish,
              folder);
      server.keys(packaged.keys());

      holdsSyncSamples(packaged, work);
      winds(server, "manifest.mpd");
      winds(server, "master.m3u8");
    }
  }

  private static void holdsSyncSamples(Packaged packaged, Path work) throws Exception {
    List<String> expected = new ArrayList<>();
    for (Path input : Repository.sampleLadder()) {
      expected.add(Ffmpeg.syncSampleHash(input, 0));
    }
    int tricks = 0;
    for (PackagedTrack track : packaged.tracks()) {
      if (track.details().picturesOf() != null) {
        tricks++;
        Path joined = work.resolve(track.track().name() + ".mp4");
        packaged.join(track, joined);
        JudgedTrack judged = ReferenceDecryptor.decrypt(List.of(joined), packaged.keys()).get(0);
        assertThat(expected).as(track.track().name()).contains(judged.streamHash());
        Path playlist = packaged.folder().resolve(track.track().name() + "/iframes.m3u8");
        assertThat(Files.readAllLines(playlist).stream().filter(l -> l.startsWith("#EXTINF:2.0")))
            .as("a picture of 2 s for each sync sample")
            .hasSameSizeAs(judged.samples());
      }
    }
    assertThat(tricks)
        .isEqualTo(
            packaged.tracks().stream().filter(t -> t.track().type() == TrackType.VIDEO).count()
                / 2);
  }

  private void winds(MediaServer server, String manifest) throws Exception {
    Browser.Seen seen = players.wind(server, manifest, 6, 30, "-trick");
    assertThat(seen.errors()).as("%s: %s", manifest, seen).isEmpty();
    assertThat(seen.time()).as("%s: %s", manifest, seen).isGreaterThan(5);
    assertThat(seen.frames()).as("%s: %s", manifest, seen).isPositive();
  }
}
