package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed while a program works for it. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class OrphanedToolIT {
  private static final Path INPUT =
      Path.of(
          System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder/audio-stereo.mp4");

  @TempDir Path folder;

  @Test
  void start_killedServiceLeftAProgram_endsIt() throws Exception {
    Path written = folder.resolve("pid");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    String hangsOnce =
        "#!/bin/sh\n[ -e '%1$s' ] && exit 1\necho $$ > '%1$s'\nexec sleep 300\n".formatted(written);
    for (String name : List.of("mp4fragment", "mp4encrypt")) {
      Path script = Files.writeString(tools.resolve(name), hangsOnce);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
    Path config =
        Files.writeString(
            folder.resolve("keymux.yaml"),
            "roots: [%s, %s]\nsecurity: {allowKeysOnArgv: true}\n"
                .formatted(INPUT.getParent(), folder));
    try (WorkerProcess worker =
        WorkerProcess.start(
            folder.resolve("log"),
            List.of("env", "BENTO4_HOME=" + tools),
            config,
            folder.resolve("data"))) {
      new JobClient(() -> List.of(worker.uri()))
          .submit(
              "one",
              """
              {"input":{"url":"%s"},"output":{"url":"%s"},"packaging":{"engine":"bento4"}}
              """
                  .formatted(INPUT.toUri(), folder.resolve("out").toUri()));
      while (!Files.exists(written) || Files.size(written) == 0) {
        Thread.sleep(10);
      }
      Path program = Path.of("/proc", Files.readString(written).strip());

      worker.kill();
      assertThat(runs(program)).as("nobody ends it by itself").isTrue();
      worker.restart();

      while (runs(program)) {
        Thread.sleep(10);
      }
      assertThat(worker.isAlive()).isTrue();
    }
  }

  /** A dead process may stay in the table until its new parent has seen it. */
  private static boolean runs(Path process) {
    try {
      return Files.readString(process.resolve("status"))
          .lines()
          .noneMatch(line -> line.matches("State:\\s+[ZX].*"));
    } catch (IOException e) {
      return false;
    }
  }
}
