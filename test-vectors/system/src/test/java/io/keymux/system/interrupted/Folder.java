package io.keymux.system.interrupted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What an output folder holds. */
final class Folder {
  private Folder() {}

  static void assertWhole(Path output) throws IOException {
    assertThat(names(output))
        .contains("master.m3u8", "keymux-report.json")
        .noneMatch(name -> name.startsWith("."));
  }

  /** Nothing but attempts, which are hidden. */
  static void assertNothingPublished(Path output, String when) throws IOException {
    if (Files.exists(output)) {
      assertThat(names(output)).as(when).allMatch(name -> name.startsWith(".attempt-"));
    }
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
