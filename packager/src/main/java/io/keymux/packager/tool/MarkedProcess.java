package io.keymux.packager.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that Keymux started, or one of those that it started in turn: they inherit a variable
 * of the environment, and are found by it when their parent is dead, however short it lived. Where
 * there is no {@code /proc}, nothing is found.
 *
 * @param mark the variable's value
 */
record MarkedProcess(ProcessHandle process, String mark) {
  static final String VARIABLE = "KEYMUX_TOOL_RUN";

  private static final Path PROCESSES = Path.of("/proc");

  /** Starting a program takes far less; a process without any environment is in doubt for ever. */
  private static final int MAX_LOOKS = 20;

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  /**
   * All that run now. One that is starting another program has no environment for a moment: it is
   * looked at again.
   */
  static List<MarkedProcess> all() {
    List<MarkedProcess> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path folder : folders) {
        String mark = mark(environmentOnceStarted(folder));
        if (!mark.isEmpty()) {
          ProcessHandle.of(Long.parseLong(folder.getFileName().toString()))
              .ifPresent(process -> found.add(new MarkedProcess(process, mark)));
        }
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  private static String mark(String environment) {
    String start = VARIABLE + "=";
    for (String entry : environment.split("\0", -1)) {
      if (entry.startsWith(start)) {
        return entry.substring(start.length());
      }
    }
    return "";
  }

  private static String environmentOnceStarted(Path process) {
    for (int look = 0; look < MAX_LOOKS; look++) {
      String environment = environment(process);
      if (!environment.isEmpty() || !runsAProgram(process)) {
        return environment;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return "";
  }

  /** Empty for other users' processes, too: theirs cannot be read, and they are not ours. */
  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Not so for threads of the kernel, dead processes and those of other users. */
  private static boolean runsAProgram(Path process) {
    try {
      return !Files.readSymbolicLink(process.resolve("exe")).toString().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
