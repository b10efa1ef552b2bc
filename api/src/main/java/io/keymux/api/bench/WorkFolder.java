package io.keymux.api.bench;

import io.keymux.packager.output.OutputException;
import io.keymux.packager.tool.InstalledTool;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A fresh folder that is gone afterwards, also when the process is told to end. */
final class WorkFolder implements AutoCloseable {
  private static final long WARM_BYTES = 2_000_000_000;
  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(10);

  private final Path folder;
  private final Thread hook;

  private WorkFolder(Path folder) {
    this.folder = folder;
    this.hook = new Thread(() -> delete(folder), "keymux-bench-cleanup");
  }

  /**
   * @param parent an existing folder
   * @throws OutputException if it cannot be made
   */
  static WorkFolder in(Path parent) {
    try {
      WorkFolder work = new WorkFolder(Files.createTempDirectory(parent, "keymux-bench-"));
      Runtime.getRuntime().addShutdownHook(work.hook);
      return work;
    } catch (IOException e) {
      throw OutputException.of(parent.toString(), e);
    }
  }

  Path path() {
    return folder;
  }

  /** An empty folder for one run. */
  Path empty(String name) {
    Path path = folder.resolve(name);
    delete(path);
    try {
      return Files.createDirectory(path);
    } catch (IOException e) {
      throw OutputException.of(path.toString(), e);
    }
  }

  /**
   * Writes as many bytes and deletes them: a virtual machine may have to ask its host for memory
   * that was not used for a while, and that is not the time of the case that comes next.
   *
   * @param bytes no more than {@value #WARM_BYTES} are written
   */
  void warmMemory(long bytes) {
    Path path = folder.resolve("warm");
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] step = new byte[1 << 20];
      for (long left = Math.min(bytes, WARM_BYTES); left > 0; left -= step.length) {
        out.write(step, 0, (int) Math.min(step.length, left));
      }
    } catch (IOException e) {
      throw OutputException.of(path.toString(), e);
    }
    delete(path);
  }

  /**
   * Waits until the disk has written what it was given: it would go on while the next case writes.
   * Where there is no {@code sync}, it does.
   */
  void settle() throws InterruptedException {
    Optional<InstalledTool> sync =
        InstalledTool.find("sync", System.getenv().getOrDefault("PATH", "/bin:/usr/bin"));
    if (sync.isPresent()) {
      new ToolRunner(SETTLE_TIMEOUT).run(ToolCommand.of(sync.get().path()));
    }
  }

  /** Of all files below. */
  static long bytes(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw OutputException.of(path.toString(), e);
    }
  }

  @Override
  public void close() {
    delete(folder);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending; the hook finds nothing to do.
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw OutputException.of(path.toString(), e);
    }
    for (Path file : all) {
      if (!file.toFile().delete() && Files.exists(file)) {
        throw OutputException.of(file.toString(), new IOException("cannot be deleted"));
      }
    }
  }
}
