package io.keymux.packager.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A variable in the environment of a program that its children inherit: they are found by it when
 * their parent is dead, however short it lived. Where there is no {@code /proc}, nothing is found.
 */
final class ProcessMark {
  static final String VARIABLE = "KEYMUX_TOOL_RUN";

  private static final Path PROCESSES = Path.of("/proc");

  private final String value = UUID.randomUUID().toString();

  String value() {
    return value;
  }

  /** The processes that carry it now. */
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

  /** Environments of other users' processes cannot be read, and are not ours. */
  private boolean isOn(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(VARIABLE + "=" + value);
    } catch (IOException e) {
      return false;
    }
  }
}
