package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Documents to validate: our own, and those of third parties where they are present. */
final class Samples {
  private Samples() {}

  static String own(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/cpix/validation/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of third-party documents; the calling test is skipped where it is absent. */
  static Path vectors() {
    Path folder = Path.of(System.getProperty("keymux.vectors", "absent"), "cpix");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no third-party documents at hand");
    return folder;
  }

  /** Every XML document of third parties, in order. */
  static List<Path> documents() {
    try (Stream<Path> files = Files.walk(vectors())) {
      return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] vector(String name) {
    return bytes(vectors().resolve(name));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
