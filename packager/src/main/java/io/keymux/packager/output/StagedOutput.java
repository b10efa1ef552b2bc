package io.keymux.packager.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The output of one attempt. Files are written to a hidden folder inside the output folder and
 * moved to their places by {@link #publish}, manifests last; {@link #close} removes what was not
 * published.
 */
public final class StagedOutput implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private final @Nullable Path firstCreated;
  private boolean published;

  private StagedOutput(Path target, Path staging, @Nullable Path firstCreated) {
    this.target = target;
    this.staging = staging;
    this.firstCreated = firstCreated;
  }

  /**
   * Creates the output folder, if it is missing, and an attempt folder in it.
   *
   * @throws OutputException if it cannot
   */
  public static StagedOutput open(Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    Path missing = firstMissing(absolute);
    Path staging = absolute.resolve(".attempt-" + UUID.randomUUID());
    try {
      Files.createDirectories(staging);
    } catch (IOException e) {
      removeEmptyParents(absolute, missing);
      throw OutputException.of(target.toString(), e);
    }
    return new StagedOutput(absolute, staging, missing);
  }

  /** Where the attempt's files lie until they are published. */
  public Path folder() {
    return staging;
  }

  /**
   * @param name relative to the output folder, with {@code /}
   * @param start where the first part begins, in bytes
   */
  public OutputFile file(String name, long start, int parts) {
    return new OutputFile(staging.resolve(name), name, start, parts);
  }

  /** Writes a whole small file. */
  public void write(String name, String text) {
    try {
      Path path = staging.resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }

  /**
   * Moves everything to its place. Manifests of an earlier run vanish first and the new ones come
   * last, so that no manifest is ever seen beside media that is not its own.
   *
   * @param manifests files directly in the output folder, in the order in which they appear; those
   *     that this attempt did not write only vanish
   */
  public void publish(List<String> manifests) {
    try {
      for (String manifest : manifests) {
        Files.deleteIfExists(target.resolve(manifest));
      }
      List<Path> media;
      try (Stream<Path> entries = Files.list(staging)) {
        media = new ArrayList<>(entries.sorted().toList());
      }
      media.removeIf(path -> manifests.contains(path.getFileName().toString()));
      for (Path path : media) {
        Path place = target.resolve(path.getFileName());
        delete(place);
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
      }
      for (String manifest : manifests) {
        if (Files.exists(staging.resolve(manifest))) {
          Files.move(
              staging.resolve(manifest), target.resolve(manifest), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      published = true;
    } catch (IOException e) {
      throw OutputException.of(target.toString(), e);
    }
  }

  /** Removes the attempt folder, and the output folder if this attempt made it in vain. */
  @Override
  public void close() {
    try {
      delete(staging);
    } catch (IOException e) {
      throw OutputException.of(staging.toString(), e);
    }
    if (!published) {
      removeEmptyParents(target, firstCreated);
    }
  }

  private static @Nullable Path firstMissing(Path path) {
    Path missing = null;
    for (Path p = path; p != null && Files.notExists(p); p = p.getParent()) {
      missing = p;
    }
    return missing;
  }

  private static void removeEmptyParents(Path from, @Nullable Path firstCreated) {
    if (firstCreated == null) {
      return;
    }
    try {
      for (Path p = from; p != null && p.startsWith(firstCreated); p = p.getParent()) {
        Files.deleteIfExists(p);
      }
    } catch (IOException e) {
      // Somebody else put files there: they stay.
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isRegularFile(path) || Files.isSymbolicLink(path)) {
      Files.delete(path);
      return;
    }
    if (Files.notExists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
