package io.keymux.packager.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class ToolFinderTest {
  @TempDir Path temp;

  @Test
  void find_variableNamesTheProgram_takesItWhateverItsName() throws IOException {
    Path program = program("odd/my-packager");

    assertThat(finder(Map.of("SHAKA_PACKAGER", program.toString())).find(Tool.SHAKA_PACKAGER))
        .contains(program);
  }

  @Test
  void find_variableNamesAFolder_looksThereAndInItsBin() throws IOException {
    Path fragment = program("bento/bin/mp4fragment");
    Path gpac = program("gpac/gpac");

    ToolFinder finder =
        finder(
            Map.of(
                "BENTO4_HOME",
                temp.resolve("bento").toString(),
                "GPAC",
                temp.resolve("gpac").toString()));

    assertThat(finder.find(Tool.MP4FRAGMENT)).contains(fragment);
    assertThat(finder.find(Tool.MP4ENCRYPT)).isEmpty();
    assertThat(finder.find(Tool.GPAC)).contains(gpac);
  }

  @Test
  void find_variableNamesANeighbour_looksBesideIt() throws IOException {
    Path gpac = program("x/gpac");
    Path box = program("x/MP4Box");

    assertThat(finder(Map.of("GPAC", gpac.toString())).find(Tool.MP4BOX)).contains(box);
  }

  @Test
  void find_variableLeadsNowhere_doesNotFallBack() throws IOException {
    program("bin/ffmpeg");

    ToolFinder finder =
        finder(
            Map.of(
                "FFMPEG", temp.resolve("gone").toString(), "PATH", temp.resolve("bin").toString()));

    assertThat(finder.find(Tool.FFMPEG)).isEmpty();
  }

  @Test
  void find_onPath_takesTheFirstExecutableOfAnAbsoluteEntry() throws IOException {
    Files.createDirectories(temp.resolve("a/ffmpeg"));
    Files.createDirectories(temp.resolve("b"));
    Files.writeString(temp.resolve("b/ffmpeg"), "not executable");
    Path program = program("c/ffmpeg");
    program("d/ffmpeg");

    String path =
        String.join(
            File.pathSeparator,
            "",
            "relative",
            temp.resolve("a").toString(),
            temp.resolve("b").toString(),
            temp.resolve("c").toString(),
            temp.resolve("d").toString());

    assertThat(finder(Map.of("PATH", path)).find(Tool.FFMPEG)).contains(program);
  }

  @Test
  void find_inTheToolsFolder_isTheLastPlace() throws IOException {
    Path local = program(".ci/tools/bin/ffmpeg");
    Path bento = program(".ci/tools/bento4/bin/mp4dump");

    assertThat(finder(Map.of()).find(Tool.FFMPEG)).contains(local);
    assertThat(finder(Map.of()).find(Tool.MP4DUMP)).contains(bento);
    assertThat(new ToolFinder(Map.of(), null).find(Tool.FFMPEG)).isEmpty();

    Path onPath = program("p/ffmpeg");
    assertThat(finder(Map.of("PATH", temp.resolve("p").toString())).find(Tool.FFMPEG))
        .contains(onPath);
  }

  @Test
  void require_nowhere_namesTheVariableToSet() {
    assertThatThrownBy(() -> finder(Map.of()).require(Tool.MP4ENCRYPT))
        .isInstanceOfSatisfying(
            ToolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("tool-not-found");
              assertThat(e.remedy()).contains("BENTO4_HOME");
            });
  }

  private ToolFinder finder(Map<String, String> environment) {
    return new ToolFinder(environment, temp);
  }

  private Path program(String name) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
