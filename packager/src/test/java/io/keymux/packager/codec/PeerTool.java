package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program to run beside ours: named by an environment variable, or in .ci/tools, or on PATH. */
final class PeerTool {
  private final Path program;

  private PeerTool(Path program) {
    this.program = program;
  }

  /** Skips the test where the program is absent, except in CI: there it must be present. */
  static PeerTool find(String variable, String name) {
    String named = System.getenv(variable);
    if (named != null) {
      return new PeerTool(Path.of(named));
    }
    String absent = name + " is not in .ci/tools, on PATH, or named by " + variable;
    return Stream.concat(
            Stream.of(Path.of(System.getProperty("keymux.root", "."), ".ci", "tools")),
            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of))
        .map(place -> place.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(PeerTool::new)
        .orElseGet(
            () -> {
              assertThat(System.getenv("CI")).as(absent).isNotEqualTo("true");
              return abort(absent);
            });
  }

  /** Runs it to its end; its output is shown if it fails. */
  void run(Path directory, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Path log = Files.createTempFile(directory, "tool", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(() -> command + "\n" + log(log)).isTrue();
  }

  private static String log(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
