package io.keymux.packager.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A variable in the environment of a program that its children inherit: they are found by it when
 * their parent is dead, however short it lived. Where there is no {@code /proc}, nothing is found.
 */
final class ProcessMark {
  static final String VARIABLE = "KEYMUX_TOOL_RUN";

  private static final Path PROCESSES = Path.of("/proc");

  /** Starting a program takes far less; a process without any environment is in doubt for ever. */
  private static final int MAX_LOOKS = 20;

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final String value = UUID.randomUUID().toString();

  String value() {
    return value;
  }

  /**
   * The processes that carry it now. One that is starting another program has no environment for a
   * moment: it is looked at again.
   */
  List<ProcessHandle> bearers() {
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path folder : folders) {
        if (isOn(folder)) {
          ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  private boolean isOn(Path process) {
    for (int look = 0; look < MAX_LOOKS; look++) {
      String environment = environment(process);
      if (!environment.isEmpty() || !runsAProgram(process)) {
        return environment.contains(VARIABLE + "=" + value);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return false;
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
