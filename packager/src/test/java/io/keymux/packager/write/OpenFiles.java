package io.keymux.packager.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files that the process holds open, as far as the system tells. */
final class OpenFiles {
  private OpenFiles() {}

  static List<String> below(Path folder) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    List<String> open = new ArrayList<>();
    if (Files.isDirectory(descriptors)) {
      try (Stream<Path> links = Files.list(descriptors)) {
        for (Path link : links.toList()) {
          if (Files.isSymbolicLink(link)) {
            open.add(Files.readSymbolicLink(link).toString());
          }
        }
      }
    }
    open.removeIf(name -> !name.startsWith(folder.toString()));
    return open;
  }
}
