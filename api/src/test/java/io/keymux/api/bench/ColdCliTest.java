package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdCliTest {
  private static final BenchInputs INPUTS =
      new BenchInputs(List.of(Path.of("in.mp4")), List.of(), 1, 1);

  @TempDir Path temp;

  @Test
  void packaging_javaCommand_isThatWithOurArguments() {
    BenchCase cold =
        ColdCli.of(List.of("java", "-Xmx1g", "Main"))
            .packaging(INPUTS, ProtectionScheme.CBCS, Layout.SINGLE_FILE, VerifyLevel.FULL);

    assertThat(cold.label().name()).isEqualTo("Keymux, cold CLI, verify full, cbcs, single file");
    assertThat(cold.commands())
        .containsExactly(
            "java -Xmx1g Main package in.mp4 --content-id bench --scheme cbcs --layout single-file"
                + " --verify full -o out --key ***");
  }

  @Test
  void on_launcher_getsTheJdkByJavaHome() throws IOException {
    ColdCli launcher = new ColdCli(List.of("keymux"), true, Map.of("JAVA_HOME", "old"), Label.COLD);
    Jdk jdk = jdk("JAVA_VERSION=\"25.0.3\"");

    assertThat(line(launcher.on(jdk)))
        .startsWith("JAVA_HOME=" + jdk.home() + " keymux package in.mp4 ");
    assertThat(launcher.on(jdk).program()).isEqualTo("Keymux, cold CLI, JDK 25");
  }

  @Test
  void on_javaCommand_takesTheOtherJavaWithoutOurArchives() throws IOException {
    Jdk jdk = jdk("JAVA_VERSION=\"1.8.0_401\"");
    ColdCli java =
        ColdCli.of(List.of("old/bin/java", "-XX:SharedArchiveFile=x.jsa", "-Xshare:auto", "Main"));

    assertThat(line(java.on(jdk))).startsWith(jdk.java() + " -Xshare:auto Main package ");
    assertThat(jdk.name()).isEqualTo("JDK 8");
  }

  @Test
  void variants_ofTheLauncher_pinItAndLimitItsHeap() {
    ColdCli launcher = ColdCli.of(List.of("keymux"));

    assertThat(line(launcher.pinned(Path.of("taskset"), 1))).startsWith("taskset -c 0 keymux ");
    assertThat(line(launcher.pinned(Path.of("taskset"), 2))).startsWith("taskset -c 0-1 keymux ");
    assertThat(line(launcher.heap(64))).startsWith("_JAVA_OPTIONS=-Xmx64m keymux package ");
    assertThat(launcher.heap(64).program()).isEqualTo("Keymux, cold CLI, -Xmx64m");
  }

  @Test
  void ofThisProgram_launcherIsKnown_startsItWithTheSameJdk() {
    System.setProperty("keymux.launcher", "/opt/keymux/keymux");
    try {
      ColdCli cli = ColdCli.ofThisProgram();

      assertThat(cli.command()).containsExactly("/opt/keymux/keymux");
      assertThat(cli.environment())
          .containsExactly(Map.entry("JAVA_HOME", System.getProperty("java.home")));
    } finally {
      System.clearProperty("keymux.launcher");
    }
  }

  @Test
  void ofThisProgram_noLauncher_startsTheMainClass() {
    assertThat(ColdCli.ofThisProgram().command())
        .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .endsWith("io.keymux.api.Main");
  }

  @Test
  void in_folderWithoutJava_isEmpty() {
    assertThat(Jdk.in(temp)).isEmpty();
  }

  private static String line(ColdCli cli) {
    return cli.packaging(INPUTS, ProtectionScheme.CENC, Layout.SEGMENTS, VerifyLevel.NONE)
        .commands()
        .get(0);
  }

  private Jdk jdk(String release) throws IOException {
    Path java = Files.createFile(Files.createDirectory(temp.resolve("bin")).resolve("java"));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(temp.resolve("release"), "IMPLEMENTOR=\"x\"\n" + release + "\n");
    return Jdk.in(temp).orElseThrow();
  }
}
