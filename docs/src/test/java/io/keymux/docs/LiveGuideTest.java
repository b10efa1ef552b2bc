package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Protection;
import io.keymux.packager.live.LiveManifests;
import io.keymux.packager.live.LiveSettings;
import io.keymux.packager.live.LiveStream;
import io.keymux.packager.live.ProtectedSegment;
import io.keymux.packager.live.SegmentEncryptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/live.md}: it runs, and the guide shows these very lines. */
class LiveGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));
  private static final Path SELF =
      ROOT.resolve("docs/src/test/java/io/keymux/docs/LiveGuideTest.java");

  /** Of a seed that everybody knows. */
  private static final KeyExchange SEEDED = SeedKeys.of(SecretBytes.copyOf(new byte[32]));

  @TempDir Path work;

  @Test
  void guide_clearSegments_playlistsNameWhatIsPublished() throws Exception {
    Path clear = clearSegments();
    byte[] videoInit = Files.readAllBytes(clear.resolve("video-360p/init.mp4"));
    byte[] audioInit = Files.readAllBytes(clear.resolve("audio-2ch/init.mp4"));
    byte[] segment = Files.readAllBytes(clear.resolve("video-360p/seg-1.m4s"));
    Instant start = Instant.now();
    KeyExchange keys = SEEDED;

    // [open]
    Protection protection =
        Protection.of(Set.of(DrmSystem.WIDEVINE, DrmSystem.FAIRPLAY), ProtectionScheme.CBCS)
            .with(KeyRule.PRESET0)
            .with(new KeySchedule(0, 20, KeyChange.NEW_PERIODS));
    LiveStream stream =
        LiveStream.builder("channel-7", keys, protection)
            .rendition("video", videoInit)
            .rendition("audio", audioInit)
            .build();
    SegmentEncryptor video = stream.encryptor("video");
    LiveManifests manifests = stream.manifests(new LiveSettings(start, 2, 30));
    // [/open]

    // [segment]
    ProtectedSegment encrypted = video.encrypt(segment);
    publish(manifests.nextPath("video"), encrypted.bytes());
    manifests.add("video", encrypted.info());
    manifests
        .write(Instant.now())
        .forEach((path, text) -> publish(path, text.getBytes(StandardCharsets.UTF_8)));
    // [/segment]

    byte[] sound = Files.readAllBytes(clear.resolve("audio-2ch/seg-1.m4s"));
    manifests.add("audio", stream.encryptor("audio").encrypt(sound).info());
    assertThat(manifests.write(Instant.now()).get("video/media.m3u8"))
        .contains("seg-1.m4s", "EXT-X-PROGRAM-DATE-TIME")
        .doesNotContain("ENDLIST");
    assertThat(work.resolve("live/video/seg-1.m4s")).hasBinaryContent(encrypted.bytes());
  }

  private void publish(String path, byte[] bytes) {
    try {
      Path target = work.resolve("live").resolve(path);
      Files.createDirectories(target.getParent());
      Files.write(target, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path clearSegments() throws InterruptedException {
    Path ladder = ROOT.resolve("test-vectors/vectors/sample-ladder");
    Path folder = work.resolve("clear");
    Keymux.packager()
        .keys(SEEDED)
        .run(
            PackagingJob.builder()
                .input(ladder.resolve("video-360p.mp4"))
                .input(ladder.resolve("audio-stereo.mp4"))
                .input(ladder.resolve("video-540p.mp4"))
                .clearTrack("video-360p")
                .clearTrack("audio-2ch")
                .segmentSeconds(2)
                .output(folder)
                .build());
    return folder;
  }

  @Test
  void guide_code_isTheTestedCode() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/live.md"));
    for (String part : List.of("open", "segment")) {
      String self = Files.readString(SELF);
      String begin = "    // [" + part + "]\n";
      int from = self.indexOf(begin) + begin.length();
      String snippet =
          self.substring(from, self.indexOf("    // [/" + part + "]"))
              .lines()
              .map(line -> line.isEmpty() ? line : line.substring(4))
              .collect(Collectors.joining("\n"));
      assertThat(guide).contains(snippet);
    }
  }
}
