package io.keymux.packager.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenFileTest {
  /** FIPS 180-2, B.1. */
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.createDirectory(folder.resolve("t"));
    Files.writeString(folder.resolve("t/seg-1.m4s"), "abc");
    Files.createFile(folder.resolve("manifest.mpd"));
  }

  @Test
  void all_withDigests_namesSizesAndSha256() {
    assertThat(WrittenFile.all(folder, true))
        .containsExactly(
            new WrittenFile("manifest.mpd", 0, SHA256_OF_NOTHING),
            new WrittenFile("t/seg-1.m4s", 3, SHA256_OF_ABC));
  }

  @Test
  void all_withoutDigests_readsNothing() throws Exception {
    assertThat(folder.resolve("t/seg-1.m4s").toFile().setReadable(false)).isTrue();

    assertThat(WrittenFile.all(folder, false))
        .containsExactly(
            new WrittenFile("manifest.mpd", 0, null), new WrittenFile("t/seg-1.m4s", 3, null));
  }
}
