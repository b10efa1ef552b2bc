package io.keymux.testvectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where test data lies. */
public final class Repository {
  private Repository() {}

  /** A path below the top of the working copy. */
  public static Path file(String relative) {
    return Path.of(System.getProperty("keymux.root", "..")).resolve(relative);
  }

  /** The files of the bundled sample ladder: audio, then video by rising height. */
  public static List<Path> sampleLadder() {
    return list(file("test-vectors/vectors/sample-ladder"), ".mp4");
  }

  /** Third-party sample data; skips the test where it is not on this machine. */
  public static Path thirdParty(String relative) {
    Path path = Path.of(System.getProperty("keymux.vectors", "absent")).resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), relative + " of the third-party vectors");
    return path;
  }

  /** True if the third-party sample data is on this machine. */
  public static boolean hasThirdParty() {
    return Files.isDirectory(
        Path.of(System.getProperty("keymux.vectors", "absent")).resolve("packaging"));
  }

  /** The files of {@code folder} whose names end in {@code suffix}, by name. */
  public static List<Path> list(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
