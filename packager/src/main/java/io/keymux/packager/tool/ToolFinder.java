package io.keymux.packager.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds external programs: by their environment variable, on {@code PATH}, in {@code .ci/tools}, in
 * this order. A variable that is set and leads nowhere hides the other places: what it names was
 * meant.
 */
public final class ToolFinder {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  /** Below {@code .ci/tools}. */
  private static final List<String> FOLDERS =
      List.of(
          "",
          "bin",
          "node_modules/shaka-packager/bin",
          "shaka-packager/node_modules/shaka-packager/bin",
          "bento4/bin",
          "gpac/bin",
          "ffmpeg/bin");

  private final Map<String, String> environment;
  private final @Nullable Path root;

  /**
   * @param root the folder that holds {@code .ci/tools}, or null to leave that place out
   */
  public ToolFinder(Map<String, String> environment, @Nullable Path root) {
    this.environment = Map.copyOf(environment);
    this.root = root;
  }

  /** The program's absolute path, or nothing if it is in none of the places. */
  public Optional<Path> find(Tool tool) {
    String given = environment.get(tool.variable());
    if (given != null && !given.isBlank()) {
      return given(tool, given);
    }
    return places().stream().flatMap(folder -> in(folder, tool).stream()).findFirst();
  }

  /**
   * @throws ToolException with code {@code tool-not-found} if it is in none of the places
   */
  public Path require(Tool tool) {
    return find(tool).orElseThrow(() -> ToolException.notFound(tool));
  }

  /** A folder with it, a folder with a bin folder, the program itself, or one of its siblings. */
  private static Optional<Path> given(Tool tool, String value) {
    Path path = path(value);
    if (path == null) {
      return Optional.empty();
    }
    if (Files.isDirectory(path)) {
      return in(path, tool).or(() -> in(path.resolve("bin"), tool));
    }
    if (!isProgram(path)) {
      return Optional.empty();
    }
    Path program = path.toAbsolutePath();
    Path folder = program.getParent();
    return tool.isNamedByVariable() || folder == null ? Optional.of(program) : in(folder, tool);
  }

  private List<Path> places() {
    List<Path> places = new ArrayList<>();
    SEPARATOR
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(entry -> !entry.isEmpty())
        .forEach(
            entry -> {
              Path place = path(entry);
              if (place != null && place.isAbsolute()) {
                places.add(place);
              }
            });
    if (root != null) {
      FOLDERS.forEach(folder -> places.add(root.resolve(".ci/tools").resolve(folder)));
    }
    return places;
  }

  private static Optional<Path> in(Path folder, Tool tool) {
    return tool.names().stream()
        .map(folder::resolve)
        .filter(ToolFinder::isProgram)
        .map(Path::toAbsolutePath)
        .findFirst();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static @Nullable Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
