package io.keymux.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void seed_firstAndLaterStarts_isTheSameAndPrivate() throws IOException {
    SecretBytes seed = DataDirectory.open(folder.resolve("data")).seed();
    assertThat(seed.size()).isEqualTo(32);
    assertThat(DataDirectory.open(folder.resolve("data")).seed()).isEqualTo(seed);
    assertThat(mode(folder.resolve("data"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("data/seed"))).isEqualTo("rw-------");
    assertThat(DataDirectory.open(folder.resolve("other")).seed()).isNotEqualTo(seed);
    try (var files = Files.list(folder.resolve("data"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void open_folderForOthers_isRefused() throws IOException {
    Path open = folder.resolve("open");
    Files.createDirectory(open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> DataDirectory.open(open))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("open to other users");
  }

  @Test
  void seed_wrongSizeOrMode_isRefused() throws IOException {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    data.seed();
    Path file = folder.resolve("data/seed");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(data::seed).hasMessageContaining("open to other users");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, new byte[31]);
    assertThatThrownBy(data::seed).hasMessageContaining("31 bytes");
  }

  @Test
  void defaultPath_environment_comesFirst() {
    Path home = Path.of("/home/x");
    assertThat(DataDirectory.defaultPath(Map.of(), home))
        .isEqualTo(home.resolve(".local/state/keymux"));
    assertThat(DataDirectory.defaultPath(Map.of("XDG_STATE_HOME", "/s"), home))
        .isEqualTo(Path.of("/s/keymux"));
    assertThat(DataDirectory.defaultPath(Map.of("XDG_STATE_HOME", "/s", "KEYMUX_DATA", "/d"), home))
        .isEqualTo(Path.of("/d"));
  }

  @Test
  void roots_linksAndDots_doNotLeadOut() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    Roots roots = Roots.of(List.of(root, folder.resolve("absent")));
    assertThat(roots.allow(root.resolve("a/b.mp4"))).isTrue();
    assertThat(roots.allow(root.resolve("link/x.mp4"))).isFalse();
    assertThat(roots.allow(root.resolve("../outside/x.mp4"))).isFalse();
    assertThat(roots.allow(folder.resolve("rootx/a"))).isFalse();
    assertThat(roots.allow(folder.resolve("absent/a"))).isFalse();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
