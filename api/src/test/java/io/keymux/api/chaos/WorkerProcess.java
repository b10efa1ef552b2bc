package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code keymux serve} as a process of its own, which can be killed. */
final class WorkerProcess implements AutoCloseable {
  private final Path log;
  private final List<String> command;
  private Process process;
  private URI uri;

  private WorkerProcess(Path log, List<String> command) {
    this.log = log;
    this.command = command;
    this.process = begin();
    this.uri = answering();
  }

  /**
   * @param log gets what it says on its standard error
   */
  static WorkerProcess start(Path log, Path config, Path data) {
    return start(log, List.of(), config, data);
  }

  /**
   * @param around a command that becomes the one that stands behind it
   */
  static WorkerProcess start(Path log, List<String> around, Path config, Path data) {
    List<String> command = new ArrayList<>(around);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.keymux.api.Main",
            "serve",
            "--port",
            "0",
            "--config",
            config.toString(),
            "--data",
            data.toString()));
    return new WorkerProcess(log, command);
  }

  /** Starts it, once it is dead; returns when it answers. */
  void restart() {
    process = begin();
    uri = answering();
  }

  private Process begin() {
    try {
      return new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI answering() {
    String greeting = "Keymux answers at ";
    try {
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      assertThat(line).as(this::said).startsWith(greeting);
      return URI.create(String.valueOf(line).substring(greeting.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  URI uri() {
    return uri;
  }

  /** The file system as the process sees it. */
  Path root() {
    return Path.of("/proc/" + process.pid() + "/root");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a crash does. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Ends it as an operator does. */
  int end() {
    process.destroy();
    await();
    return process.exitValue();
  }

  private void await() {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ends").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Holds it up, as a long pause of a machine does. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
