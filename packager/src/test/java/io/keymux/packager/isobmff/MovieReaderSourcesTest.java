package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.input.FileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MovieReaderSourcesTest {
  @Test
  void read_clearSources_tracks() throws Exception {
    Path dir = Path.of(System.getProperty("keymux.vectors"), "packaging", "clear-sources");
    Assumptions.assumeTrue(Files.isDirectory(dir));
    try (var files = Files.list(dir)) {
      for (Path file : files.toList()) {
        try (FileSource source = FileSource.open(file)) {
          assertThat(MovieReader.read(source).tracks()).as(file.toString()).isNotEmpty();
        }
      }
    }
  }
}
