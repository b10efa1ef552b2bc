package io.keymux.packager.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program found on this machine.
 *
 * @param path absolute
 */
public record InstalledTool(Path path) {
  private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);
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
   * Runs the program to ask for its version, for 10 seconds at most.
   *
   * @param arguments that make it print a version on either stream; some programs have none and
   *     print it with their usage
   * @return the first thing that looks like a version number; empty if there is none or the program
   *     does not run
   */
  public Optional<String> version(String... arguments) throws InterruptedException {
    return versionBehind("", arguments);
  }

  /**
   * As {@link #version}, of what is printed behind some words: a program may have a version of its
   * own beside that of its collection.
   */
  public Optional<String> versionBehind(String words, String... arguments)
      throws InterruptedException {
    ToolCommand command = ToolCommand.of(path).args(arguments);
    String output;
    try {
      output = new ToolRunner(VERSION_TIMEOUT).run(command).output();
    } catch (ToolException e) {
      // Programs that print it with their usage end with a status of failure.
      output = e.output();
    }
    int from = output.indexOf(words);
    Matcher m = VERSION.matcher(output);
    return from >= 0 && m.find(from) ? Optional.of(m.group()) : Optional.empty();
  }
}
