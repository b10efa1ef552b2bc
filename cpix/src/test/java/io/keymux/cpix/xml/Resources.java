package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Our own sample documents and, where they are present, those of third parties. */
public final class Resources {
  private Resources() {}

  public static byte[] bytes(String name) {
    try (InputStream in = Resources.class.getResourceAsStream("/cpix/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    return new String(bytes(name), UTF_8);
  }

  /** The folder of third-party CPIX documents; the calling test is skipped where it is absent. */
  public static Path vectors() {
    Path folder = Path.of(System.getProperty("keymux.vectors", "absent"), "cpix");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no third-party documents at hand");
    return folder;
  }

  public static byte[] vector(String name) {
    try {
      return Files.readAllBytes(vectors().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
