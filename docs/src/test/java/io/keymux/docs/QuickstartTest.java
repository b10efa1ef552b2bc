package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.RawKeys;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library example of the README: it runs, and the README shows these very lines. */
class QuickstartTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));

  @Test
  void quickstart_sampleLadder_writesManifests(@TempDir Path work) throws Exception {
    Path ladder = ROOT.resolve("test-vectors/vectors/sample-ladder");
    Path video = ladder.resolve("video-360p.mp4");
    Path audio = ladder.resolve("audio-stereo.mp4");
    Path output = work.resolve("out");
    // [quickstart]
    KeyExchange keys =
        RawKeys.parse(List.of("eb676abbcb345e96bbcf616630f1a3da:100b6c20940f779a4589152b57d2dacb"));
    PackagingJob job =
        PackagingJob.builder()
            .input(video)
            .input(audio)
            .contentId("my-movie")
            .systems(DrmSystem.WIDEVINE, DrmSystem.FAIRPLAY)
            .output(output)
            .build();
    JobResult result = Keymux.packager().keys(keys).run(job);
    result.manifests().forEach(name -> assertThat(output.resolve(name)).exists());
    // [/quickstart]
    assertThat(result.manifests()).contains("manifest.mpd", "master.m3u8");
  }

  @Test
  void readme_libraryExample_isTheTestedCode() throws IOException {
    String self =
        Files.readString(ROOT.resolve("docs/src/test/java/io/keymux/docs/QuickstartTest.java"));
    String snippet =
        self.substring(self.indexOf("// [quickstart]\n") + 16, self.indexOf("    // [/quickstart]"))
            .lines()
            .filter(line -> !line.contains("assertThat"))
            .map(line -> line.substring(4))
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(snippet);
  }
}
