package io.keymux.testvectors.oracle;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A program that may be missing: a developer's run then skips visibly, a CI run fails if the
 * program is one that {@code .ci/run} installs.
 */
final class Tool {
  private static final long TIMEOUT_SECONDS = 120;

  private final String name;
  private final @Nullable Path path;
  private final boolean installedInCi;

  private Tool(String name, @Nullable Path path, boolean installedInCi) {
    this.name = name;
    this.path = path;
    this.installedInCi = installedInCi;
  }

  /**
   * @param variable environment variable that may hold the path
   * @param candidates file names, looked for in PATH and then relative to {@code .ci/tools}
   */
  static Tool find(String name, String variable, boolean installedInCi, String... candidates) {
    @Nullable String set = System.getenv(variable);
    if (set != null && !set.isBlank()) {
      return new Tool(name, Path.of(set), installedInCi);
    }
    List<Path> places = new ArrayList<>();
    for (String folder :
        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)) {
      places.add(Path.of(folder.isEmpty() ? "." : folder));
    }
    places.add(Path.of(System.getProperty("keymux.root", "."), ".ci", "tools"));
    for (Path place : places) {
      for (String candidate : candidates) {
        Path path = place.resolve(candidate);
        if (Files.isRegularFile(path) && Files.isExecutable(path)) {
          return new Tool(name, path, installedInCi);
        }
      }
    }
    return new Tool(name, null, installedInCi);
  }

  boolean isPresent() {
    return path != null;
  }

  Path require() {
    if (path == null) {
      if (installedInCi && "true".equals(System.getenv("CI"))) {
        throw new AssertionError(name + " is missing, and CI=true: .ci/run must install it");
      }
      throw new TestAbortedException(name + " is not on this machine");
    }
    return path;
  }

  /**
   * What came out of a run.
   *
   * @param output standard output
   * @param errors standard error
   */
  record Outcome(int exit, String output, String errors) {}

  Outcome run(@Nullable Path input, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(require().toString());
    command.addAll(arguments);
    Path output = Files.createTempFile("keymux-tool", ".out");
    Path errors = Files.createTempFile("keymux-tool", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      builder.redirectInput(
          input == null
              ? ProcessBuilder.Redirect.from(new File("/dev/null"))
              : ProcessBuilder.Redirect.from(input.toFile()));
      Process process = builder.start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(name + " did not end within " + TIMEOUT_SECONDS + " s");
      }
      return new Outcome(
          process.exitValue(),
          Files.readString(output, StandardCharsets.ISO_8859_1),
          Files.readString(errors, StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(name + " was interrupted", e);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  /** Starts it and lets it run; what it says goes to the standard error of the test. */
  Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(require().toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
