package io.keymux.cpix.signaling;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Loads the vector files of this module and finds the shared ones. */
final class Vectors {
  private Vectors() {}

  static <T> List<T> load(String name, TypeReference<List<T>> type) {
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name))) {
      return new ObjectMapper().readValue(in, type);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] hex(String hex) {
    return Bytes.ofHex(hex).toArray();
  }

  /** Skips the test visibly where the third-party vectors are not. */
  static Path shared(String path) {
    Path file = Path.of(System.getProperty("keymux.vectors", "absent")).resolve(path);
    Assumptions.assumeTrue(Files.exists(file), "third-party vectors are not here");
    return file;
  }
}
