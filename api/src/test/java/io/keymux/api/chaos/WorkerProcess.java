package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
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
  private final List<String> command = new ArrayList<>();
  private Process process;
  private URI uri;

  private WorkerProcess(Path log, Process process, URI uri) {
    this.log = log;
    this.process = process;
    this.uri = uri;
  }

  /**
   * @param log gets what it says on its standard error
   */
  static WorkerProcess start(Path log, Path config, Path data) {
    List<String> command =
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
            data.toString());
    WorkerProcess worker = new WorkerProcess(log, null, null);
    worker.command.addAll(command);
    worker.restart();
    return worker;
  }

  /** Starts it, once it is dead; returns when it answers. */
  void restart() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      BufferedReader out =
          new BufferedReader(
              new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      assertThat(line).as(() -> said()).startsWith("Keymux answers at ");
      uri = URI.create(line.substring("Keymux answers at ".length()));
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
