package io.keymux.packager.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments, as it is run and as it may be shown: no shell reads it, and secret
 * arguments never appear in {@link #toString} or in an error.
 */
public final class ToolCommand {
  private static final String MASK = "***";

  /** Tools split their arguments at these and may complain about a piece. */
  private static final Pattern PIECES = Pattern.compile("[:=,]");

  private static final int SHORTEST_SECRET = 8;

  private final List<String> argv = new ArrayList<>();
  private final List<String> loggable = new ArrayList<>();
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Set<Integer> accepted = new LinkedHashSet<>(List.of(0));
  private @Nullable Path directory;

  private ToolCommand(String program) {
    argv.add(program);
    loggable.add(program);
  }

  public static ToolCommand of(Path program) {
    return new ToolCommand(program.toString());
  }

  /** Appends arguments. */
  public ToolCommand args(String... values) {
    argv.addAll(List.of(values));
    loggable.addAll(List.of(values));
    return this;
  }

  /**
   * Appends an argument that must not reach a log. Other users of the host can still read it in
   * {@code /proc/PID/cmdline}, so production keys go through the in-process encryptor instead.
   */
  public ToolCommand secretArg(String value) {
    argv.add(value);
    loggable.add(MASK);
    secrets.add(value);
    PIECES.splitAsStream(value).filter(p -> p.length() >= SHORTEST_SECRET).forEach(secrets::add);
    return this;
  }

  /** Adds a variable to the reduced environment. It is as visible as an argument: no keys. */
  public ToolCommand environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Where the program runs; default: the current folder. */
  public ToolCommand directory(Path folder) {
    directory = folder;
    return this;
  }

  /** Accepts another exit status beside 0. */
  public ToolCommand accept(int exitStatus) {
    accepted.add(exitStatus);
    return this;
  }

  /** The file name of the program, for messages. */
  public String program() {
    Path name = Path.of(argv.get(0)).getFileName();
    return name == null ? argv.get(0) : name.toString();
  }

  List<String> argv() {
    return List.copyOf(argv);
  }

  Map<String, String> environment() {
    return environment;
  }

  @Nullable Path directory() {
    return directory;
  }

  boolean accepts(int exitStatus) {
    return accepted.contains(exitStatus);
  }

  /** Replaces what {@link #secretArg} was given, and its pieces, in what a tool printed. */
  String mask(String output) {
    String masked = output;
    for (String secret : secrets) {
      if (!secret.isEmpty()) {
        masked = masked.replace(secret, MASK);
      }
    }
    return masked;
  }

  /** The command line with the variables that were added, and secret arguments masked. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    environment.forEach((name, value) -> line.append(name).append('=').append(value).append(' '));
    return line + String.join(" ", loggable);
  }
}
