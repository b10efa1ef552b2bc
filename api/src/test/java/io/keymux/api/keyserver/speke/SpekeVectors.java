package io.keymux.api.keyserver.speke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The requests of other people's software, as they were sent. */
final class SpekeVectors {
  private static final Path FOLDER =
      Path.of(System.getProperty("keymux.vectors", "absent"), "cpix");

  private SpekeVectors() {}

  static String read(String path) {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no vectors at hand");
    try {
      return Files.readString(FOLDER.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every request below {@code folder} whose name matches. */
  static List<Path> requests(String folder, String pattern) {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no vectors at hand");
    try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .map(FOLDER::relativize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
