package io.keymux.testvectors.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.docs.live.LiveWorker;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.Protection;
import io.keymux.packager.live.LiveSettings;
import io.keymux.packager.live.LiveStream;
import io.keymux.testvectors.Repository;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.matrix.TestKeys;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live example: ffmpeg writes, the worker encrypts, Chromium plays while it grows. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePlaybackIT {
  private static final List<String> RENDITIONS = List.of("video", "audio");

  /** Of the build; the long run is {@code -Dkeymux.live.period=20 -Dkeymux.live.seconds=300}. */
  private static final double KEY_PERIOD = Double.parseDouble(setting("period", "4"));

  private static final double SECONDS = Double.parseDouble(setting("seconds", "10"));
  private static final double WINDOW = 20;

  /** A run that lasts as long has the machine for itself; in the build others take their turns. */
  private static final double LONG_SECONDS = 60;

  private final Players players = new Players();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterAll
  void close() {
    players.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "CBCS, NEW_PERIODS, playShaka, manifest.mpd",
    "CBCS, NEW_PERIODS, playShaka, master.m3u8",
    "CENC, NEW_PERIODS, playDash, manifest.mpd",
  })
  void play_growingStream_overEveryKeyPeriod(
      ProtectionScheme scheme, KeyChange change, String player, String manifest, @TempDir Path work)
      throws Exception {
    Path in = work.resolve("in");
    Path out = Files.createDirectories(work.resolve("out"));
    for (String name : RENDITIONS) {
      Files.createDirectories(in.resolve(name));
    }
    Instant start = Instant.now();
    try (Ffmpeg.Running encoder = Ffmpeg.start(arguments(in));
        MediaServer server = Players.serve(out)) {
      TestKeys keys = new TestKeys();
      LiveStream stream = stream(in, keys, scheme, change, server);
      LiveWorker worker =
          new LiveWorker(in, out, RENDITIONS, stream, new LiveSettings(start, 2, WINDOW), threads);
      Map<String, PlaylistFollower> followers = new LinkedHashMap<>();
      for (String name : RENDITIONS) {
        followers.put(name, new PlaylistFollower(out.resolve(name + "/media.m3u8")));
      }
      PlaylistFollower video = Objects.requireNonNull(followers.get("video"));
      AtomicBoolean ended = new AtomicBoolean();
      Future<?> running =
          threads.submit(
              () -> {
                while (!ended.get()) {
                  worker.poll();
                  server.keys(keys.ring());
                  for (PlaylistFollower follower : followers.values()) {
                    follower.look();
                  }
                  Thread.sleep(100);
                }
                return null;
              });
      while (video.segments() < 4 && !running.isDone()) {
        Thread.sleep(100);
      }
      Browser.Seen seen = players.play(server, player, manifest, SECONDS, (int) SECONDS + 30);
      assertThat(encoder.isAlive()).isTrue();
      ended.set(true);
      running.get();

      Players.assertPlays(manifest, seen);
      assertThat(seen.time()).isGreaterThanOrEqualTo(SECONDS - 0.2);
      // dash.js says twice in some minutes that it waits, which is printed below.
      if (SECONDS >= LONG_SECONDS && player.equals("playShaka")) {
        assertThat(seen.stalls()).as("stalls").isZero();
      }
      assertThat(keys.ring().toMap()).hasSizeGreaterThan(2 * (int) (SECONDS / KEY_PERIOD));
      for (Map.Entry<String, PlaylistFollower> follower : followers.entrySet()) {
        assertThat(follower.getValue().streamHash(keys.ring()))
            .as(follower.getKey())
            .isEqualTo(clear(in.resolve(follower.getKey()), follower.getValue().segments()));
      }
      if (SECONDS >= LONG_SECONDS) {
        System.out.printf(
            "%s, %s: %d stalls, %d frames in %.1f s, %d init segments%n",
            player, manifest, seen.stalls(), seen.frames(), seen.time(), video.inits());
      }
    }
  }

  private static LiveStream stream(
      Path in, TestKeys keys, ProtectionScheme scheme, KeyChange change, MediaServer server)
      throws Exception {
    Protection protection =
        Protection.of(Set.of(DrmSystem.WIDEVINE, DrmSystem.CLEARKEY), scheme)
            .with(KeyRule.PER_TYPE)
            .with(new KeySchedule(0, KEY_PERIOD, change))
            .with(
                SignalingSettings.DEFAULT
                    .withLicenseUrl(DrmSystem.CLEARKEY, server.url("/license"))
                    .withKeyUri(server.url("/keys/{kid}")));
    LiveStream.Builder builder = LiveStream.builder("live", keys, protection);
    for (String name : RENDITIONS) {
      while (!Files.exists(in.resolve(name + "/live.m3u8"))) {
        Thread.sleep(50);
      }
      builder.rendition(name, Files.readAllBytes(in.resolve(name + "/init.mp4")));
    }
    return builder.build();
  }

  private static String clear(Path folder, int segments) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Files.readAllBytes(folder.resolve("init.mp4")));
    for (int i = 0; i < segments; i++) {
      all.writeBytes(Files.readAllBytes(folder.resolve(i + ".m4s")));
    }
    return ReferenceDecryptor.decrypt(all.toByteArray(), KeyRing.empty()).get(0).streamHash();
  }

  private static String[] arguments(Path in) {
    String ladder = Repository.file("test-vectors/vectors/sample-ladder").toString();
    return ("-re -stream_loop -1 -i "
            + ladder
            + "/video-360p.mp4 "
            + "-re -stream_loop -1 -i "
            + ladder
            + "/audio-stereo.mp4 "
            + hls("0:v", in.resolve("video"))
            + hls("1:a", in.resolve("audio")))
        .split(" ");
  }

  private static String setting(String name, String usual) {
    return System.getProperty("keymux.live." + name, usual);
  }

  private static String hls(String stream, Path folder) {
    return "-map "
        + stream
        + " -c copy -f hls -hls_time 2 -hls_list_size 10 -hls_flags temp_file "
        + "-hls_segment_type fmp4 -hls_segment_options movflags=+negative_cts_offsets -hls_fmp4_init_filename init.mp4 -hls_segment_filename "
        + folder
        + "/%d.m4s "
        + folder
        + "/live.m3u8 ";
  }
}
