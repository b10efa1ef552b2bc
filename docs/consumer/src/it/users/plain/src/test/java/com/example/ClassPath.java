package com.example;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What two dependencies put on a class path, held against {@code class-path.txt}: whoever adds to
 * it has to want it.
 */
final class ClassPath {
  private ClassPath() {}

  /**
   * @param repository the local repository, whose folders tell artifacts
   */
  static void requireAsKept(Path repository) throws IOException {
    List<String> found = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        Path artifact = repository.relativize(jar).getParent().getParent();
        String group = artifact.getParent().toString().replace(File.separatorChar, '.');
        found.add(group + ":" + artifact.getFileName());
      }
    }
    String names = String.join("\n", found.stream().sorted().toList());
    ConsumerCheck.require(
        names.equals(String.join("\n", kept())), "the class path is not what is kept:\n" + names);
  }

  private static List<String> kept() throws IOException {
    try (var in = Objects.requireNonNull(ClassPath.class.getResourceAsStream("/class-path.txt"))) {
      return Arrays.asList(new String(in.readAllBytes()).strip().split("\n"));
    }
  }
}
