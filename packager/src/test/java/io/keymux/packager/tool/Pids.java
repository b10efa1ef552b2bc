package io.keymux.packager.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that a program wrote down, a number on each line. */
public final class Pids {
  private Pids() {}

  /** A killed process may stay in the table for a moment, until its new parent has seen it. */
  public static void assertGone(Path pids, int count) throws IOException, InterruptedException {
    var lines = Files.readAllLines(pids);
    assertThat(lines).hasSize(count);
    for (String pid : lines) {
      long number = Long.parseLong(pid.strip());
      for (int i = 0; i < 200 && runs(number); i++) {
        Thread.sleep(10);
      }
      assertThat(runs(number)).as("process " + pid + " runs").isFalse();
    }
  }

  private static boolean runs(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      if (Files.isDirectory(Path.of("/proc/self"))) {
        return Files.readString(status).lines().noneMatch(l -> l.matches("State:\\s+[ZX].*"));
      }
    } catch (IOException e) {
      return false;
    }
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
