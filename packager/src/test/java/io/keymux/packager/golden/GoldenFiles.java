package io.keymux.packager.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of expected texts. {@code -Dgolden.update=true} writes it anew, for review with git
 * diff; refused where the environment says {@code CI=true}.
 */
public final class GoldenFiles {
  private final Path folder;

  /**
   * @param name below {@code packager/src/test/resources/golden}
   */
  public GoldenFiles(String name) {
    folder =
        Path.of(System.getProperty("keymux.root", ".."), "packager/src/test/resources/golden")
            .resolve(name);
  }

  /** Fails unless the folder holds exactly {@code actual}: text by relative path. */
  public void assertHolds(Map<String, String> actual) {
    try {
      if (Boolean.getBoolean("golden.update")) {
        update(actual);
      }
      assertThat(read())
          .as("golden files in %s; refresh with -Dgolden.update=true", folder)
          .isEqualTo(new TreeMap<>(actual));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : files()) {
      texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
    }
    return texts;
  }

  private void update(Map<String, String> actual) throws IOException {
    if ("true".equals(System.getenv("CI"))) {
      fail("golden files are not updated in CI");
    }
    for (Path file : files()) {
      Files.delete(file);
    }
    for (Map.Entry<String, String> entry : actual.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, entry.getValue());
    }
  }

  private Iterable<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Stream.<Path>empty().toList();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
