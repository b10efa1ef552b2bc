package io.keymux.packager.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedOutputTest {
  @TempDir Path temp;

  @Test
  void close_withoutPublish_leavesNothingBehind() throws IOException {
    Path target = temp.resolve("a/b");

    try (StagedOutput output = StagedOutput.open(target, PublishGuard.NONE)) {
      output.write("t/media.m3u8", "x");
      assertThat(files(temp)).isNotEmpty();
    }

    assertThat(files(temp)).isEmpty();
    assertThat(temp.resolve("a")).doesNotExist();
  }

  @Test
  void close_folderExistedBefore_keepsItAndWhatItHolds() throws IOException {
    Files.writeString(temp.resolve("mine.txt"), "x");

    try (StagedOutput output = StagedOutput.open(temp, PublishGuard.NONE)) {
      output.write("manifest.mpd", "x");
    }

    assertThat(files(temp)).containsExactly("mine.txt");
  }

  @Test
  void publish_overAnEarlierRun_replacesItAndDropsManifestsThatAreNotMade() throws IOException {
    Path target = temp.resolve("out");
    run(target, "t/seg-1.m4s", "t/seg-2.m4s", "master.m3u8", "manifest.mpd");

    run(target, "t/seg-1.m4s", "manifest.mpd");

    assertThat(files(target)).containsExactly("manifest.mpd", "t/seg-1.m4s");
  }

  @Test
  void publish_failsHalfway_leavesTheEarlierRunAsItWas() throws IOException {
    Path target = temp.resolve("out");
    run(target, "a/old.m4s", "b/old.m4s", "manifest.mpd", "master.m3u8");

    try (StagedOutput output = StagedOutput.open(target, PublishGuard.NONE)) {
      for (String name : List.of("a/new.m4s", "b/new.m4s", "c/new.m4s", "manifest.mpd")) {
        output.write(name, "new");
      }
      // Where the old b would be kept there is something already: moving it there fails.
      output.write(".replaced/b/x", "in the way");
      assertThatThrownBy(
              () -> output.publish(List.of("master.m3u8", "manifest.mpd"), PublishGuard.NONE))
          .isInstanceOfSatisfying(
              OutputException.class, e -> assertThat(e.code()).isEqualTo("output-not-writable"));
    }

    assertThat(files(target))
        .containsExactly("a/old.m4s", "b/old.m4s", "manifest.mpd", "master.m3u8");
    assertThat(target.resolve("manifest.mpd")).hasContent("x");
  }

  @Test
  void publish_foldersOfOthers_stay() throws IOException {
    Path target = temp.resolve("out");
    Files.createDirectories(target.resolve("others"));
    Files.writeString(target.resolve("others/mine.txt"), "x");

    run(target, "t/seg-1.m4s", "manifest.mpd");

    assertThat(files(target)).containsExactly("manifest.mpd", "others/mine.txt", "t/seg-1.m4s");
  }

  @Test
  void open_parentIsAFile_isOneTypedError() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");

    assertThatThrownBy(() -> StagedOutput.open(file.resolve("out"), PublishGuard.NONE))
        .isInstanceOfSatisfying(
            OutputException.class, e -> assertThat(e.code()).isEqualTo("output-not-writable"));
    assertThat(files(temp)).containsExactly("file");
  }

  private static void run(Path target, String... names) {
    try (StagedOutput output = StagedOutput.open(target, PublishGuard.NONE)) {
      for (String name : names) {
        output.write(name, "x");
      }
      output.publish(List.of("master.m3u8", "manifest.mpd"), PublishGuard.NONE);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
