package io.keymux.api.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Another JDK for the command line.
 *
 * @param home the folder above {@code bin/java}
 * @param name {@code JDK 25}, by its file {@code release}, else by its folder
 */
public record Jdk(Path home, String name) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+).*");

  /** The JDK in a folder; empty if no program {@code bin/java} is there. */
  public static Optional<Jdk> in(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    return Files.isExecutable(java(home))
        ? Optional.of(new Jdk(home, "JDK " + version(home)))
        : Optional.empty();
  }

  /** The name for a version: {@code JDK 25}. */
  static String name(int feature) {
    return "JDK " + feature;
  }

  Path java() {
    return java(home);
  }

  private static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }

  private static String version(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .map(VERSION::matcher)
          .filter(Matcher::matches)
          .map(m -> m.group(1))
          .findFirst()
          .orElseGet(home::toString);
    } catch (IOException e) {
      return home.toString();
    }
  }
}
