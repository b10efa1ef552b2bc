package io.keymux.system.interrupted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The command line, killed at random times, or with no room for a file from a random byte on: no
 * manifest, playlist, report or track folder is there, and the next run into the folder succeeds.
 * More points than five of each: {@code -Dkeymux.kills=50}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(1800)
class KilledJobIT {
  private static final int POINTS = Integer.getInteger("keymux.kills", 5);

  private static final List<OutputKind> KINDS = List.of(OutputKind.values());

  @TempDir Path work;

  @Test
  void package_killedAtRandomTimes_publishesNothingOrAll() throws Exception {
    Random random = new Random(1);
    long start = System.nanoTime();
    assertThat(CommandLine.finish(start(KINDS.get(0), work.resolve("whole"), ""))).isZero();
    long whole = (System.nanoTime() - start) / 1_000_000;
    int killed = 0;
    for (int i = 0; i < POINTS; i++) {
      OutputKind kind = KINDS.get(i % KINDS.size());
      Path output = work.resolve("killed-" + i);
      Process process = start(kind, output, "");
      if (!process.waitFor(whole / 5 + random.nextInt((int) whole), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      String when = "%s, run %d".formatted(kind, i);
      if (Files.exists(output) && Folder.names(output).contains("master.m3u8")) {
        assertThat(Folder.names(output)).as(when).contains("keymux-report.json");
      } else {
        killed++;
        Folder.assertNothingPublished(output, when);
      }
      assertThat(CommandLine.finish(start(kind, output, ""))).as(when).isZero();
      assertThat(Folder.names(output)).as(when).contains("master.m3u8", "keymux-report.json");
    }
    assertThat(killed).isPositive();
  }

  @Test
  void package_noRoomFromARandomByteOn_publishesNothing() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < POINTS; i++) {
      OutputKind kind = KINDS.get(i % KINDS.size());
      Path output = work.resolve("full-" + i);
      // The smallest largest file is a segment of video.
      String limit = "ulimit -f %d; ".formatted(1 + random.nextInt(60));
      assertThat(CommandLine.finish(start(kind, output, limit)))
          .as("%s, %s", kind, limit)
          .isEqualTo(6);
      assertThat(output).doesNotExist();
      assertThat(CommandLine.finish(start(kind, output, ""))).isZero();
      Folder.assertWhole(output);
    }
  }

  private Process start(OutputKind kind, Path output, String limit) throws IOException {
    return new CommandLine(work).start(limit + "exec \"$@\"", kind, output);
  }
}
