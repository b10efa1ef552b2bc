package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at output folders all the time, as a player or a mirror does. */
final class Outputs implements AutoCloseable {
  private static final List<String> MANIFESTS = List.of("manifest.mpd", "master.m3u8");

  private final List<Path> folders;
  private final Map<String, byte[]> wanted;
  private final Queue<String> partial = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::look, "outputs");
  private volatile boolean closed;
  private final AtomicLong looks = new AtomicLong();

  private Outputs(List<Path> folders, Map<String, byte[]> wanted) {
    this.folders = folders;
    this.wanted = wanted;
  }

  /**
   * @param wanted the files that each folder must have once it has a manifest
   */
  static Outputs watch(List<Path> folders, Map<String, byte[]> wanted) {
    Outputs outputs = new Outputs(folders, wanted);
    outputs.thread.start();
    return outputs;
  }

  /** All files of a folder but the report, which names the folder. */
  static Map<String, byte[]> files(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!path.endsWith("keymux-report.json")) {
          files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private void look() {
    while (!closed) {
      for (Path folder : folders) {
        MANIFESTS.forEach(manifest -> look(folder, folder.resolve(manifest)));
      }
      looks.incrementAndGet();
    }
  }

  /** An incomplete folder counts if its manifest is the same before and after the look. */
  private void look(Path folder, Path manifest) {
    Object before = identity(manifest);
    if (before == null) {
      return;
    }
    for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
      Path path = folder.resolve(file.getKey());
      long size;
      try {
        size = Files.size(path);
      } catch (IOException e) {
        size = -1;
      }
      boolean other = MANIFESTS.contains(file.getKey()) && !path.equals(manifest);
      if (size != file.getValue().length && !other && before.equals(identity(manifest))) {
        partial.add(manifest + " was there, " + file.getKey() + " had " + size + " bytes");
      }
    }
  }

  private static @Nullable Object identity(Path file) {
    try {
      return Files.getAttribute(file, "unix:ino") + " " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return null;
    }
  }

  void assertNeverPartial() {
    assertThat(looks.get()).as("looks").isPositive();
    assertThat(partial).isEmpty();
  }

  /** Every folder has exactly what it must have. */
  void assertComplete() {
    for (Path folder : folders) {
      Map<String, byte[]> found = files(folder);
      assertThat(found.keySet()).as(folder.toString()).isEqualTo(wanted.keySet());
      wanted.forEach(
          (name, bytes) ->
              assertThat(Arrays.equals(found.get(name), bytes)).as(folder + " " + name).isTrue());
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
