package io.keymux.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the build made, in use. */
class ClassArchiveIT {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root"));
  private static final String KEY =
      "eb676abbcb345e96bbcf616630f1a3da:100b6c20940f779a4589152b57d2dacb";

  @TempDir Path folder;

  @Test
  void package_withTheArchive_loadsNoClassOfTheJar() throws Exception {
    List<String> loaded =
        load(
            "package",
            sample("video-360p"),
            sample("audio-stereo"),
            "-o",
            folder.resolve("out").toString(),
            "--verify",
            "none",
            "--key",
            KEY);

    assertThat(loaded).filteredOn(line -> line.contains("io.keymux.packager.write")).isNotEmpty();
    assertThat(loaded).noneMatch(line -> line.contains("source: file:"));
  }

  /** What the JVM says of the classes that it loads: {@code name source: place}. */
  private List<String> load(String... arguments) throws Exception {
    Path log = folder.resolve("classes.log");
    String archive = "api/target/keymux-" + System.getProperty("java.runtime.version") + ".archive";
    new ToolRunner(Duration.ofMinutes(1))
        .run(
            ToolCommand.of(Path.of(System.getProperty("java.home"), "bin", "java"))
                .args("@" + ROOT.resolve("api/src/main/launcher/command.options"))
                .args(flag() + ROOT.resolve(archive))
                .args("-Xlog:class+load:file=" + log)
                .args("-cp", ROOT.resolve("api/target/keymux.jar").toString())
                .args("io.keymux.api.Main")
                .args(arguments));
    return Files.readAllLines(log);
  }

  private static String flag() {
    boolean aot = Runtime.version().feature() >= ClassArchive.FIRST_WITH_AOT_CACHE;
    return aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
  }

  private static String sample(String name) {
    return ROOT.resolve("test-vectors/vectors/sample-ladder/" + name + ".mp4").toString();
  }
}
