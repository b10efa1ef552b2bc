package io.keymux.packager.tool;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program found on this machine.
 *
 * @param path absolute
 */
public record InstalledTool(Path path) {
  private static final long VERSION_SECONDS = 10;
  private static final int VERSION_BYTES = 4096;
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+[^\\s,;)]*");

  /**
   * Looks for the first executable file called {@code name} in the folders of a {@code PATH}.
   *
   * @param searchPath as the variable {@code PATH} holds it; may be empty
   */
  public static Optional<InstalledTool> find(String name, String searchPath) {
    for (String folder : searchPath.split(File.pathSeparator, -1)) {
      try {
        Path candidate = Path.of(folder).resolve(name).toAbsolutePath();
        if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return Optional.of(new InstalledTool(candidate));
        }
      } catch (InvalidPathException e) {
        // Not a folder that could hold anything.
      }
    }
    return Optional.empty();
  }

  /**
   * Runs the program to ask for its version, for {@value #VERSION_SECONDS} seconds at most.
   *
   * @param arguments that make it print a version on either stream; some programs have none and
   *     print it with their usage
   * @return the first thing that looks like a version number; empty if there is none or the program
   *     does not run
   */
  public Optional<String> version(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(arguments));
    Path output = null;
    try {
      // To a file: a pipe that nobody reads would stop a program that says a lot.
      output = Files.createTempFile("keymux-version", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(devNull()))
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return firstVersion(output);
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      delete(output);
    }
  }

  private static Optional<String> firstVersion(Path output) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(output)) {
      head = in.readNBytes(VERSION_BYTES);
    }
    Matcher m = VERSION.matcher(new String(head, StandardCharsets.ISO_8859_1));
    return m.find() ? Optional.of(m.group()) : Optional.empty();
  }

  private static File devNull() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private static void delete(@org.jspecify.annotations.Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // A few bytes in the temporary folder; not worth failing for.
      }
    }
  }
}
