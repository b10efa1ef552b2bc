package io.keymux.api.cli.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be given to a command.
 *
 * @param command all its words: {@code keymux pssh inspect}
 * @param description lines of help; the first one also stands in the list of commands
 * @param positional null if there is none
 * @param options in the order of help; those that every command has are added
 * @param footer lines below the help
 */
public record Syntax(
    String command,
    List<String> description,
    @Nullable Positional positional,
    List<CommandOption> options,
    List<String> footer) {

  public static final CommandOption HELP =
      CommandOption.flag("--help", "Show this help message and exit.").withLetter("h");
  public static final CommandOption VERSION =
      CommandOption.flag("--version", "Print version information and exit.").withLetter("V");
  public static final CommandOption DEBUG =
      CommandOption.flag("--debug", "Print stack traces of errors.");

  public Syntax {
    description = List.copyOf(description);
    List<CommandOption> all = new ArrayList<>(options);
    all.add(HELP);
    all.add(VERSION);
    all.add(DEBUG);
    options = List.copyOf(all);
    footer = List.copyOf(footer);
  }

  public static Syntax of(
      String command,
      List<String> description,
      @Nullable Positional positional,
      List<CommandOption> options) {
    return new Syntax(command, description, positional, options, List.of());
  }

  /** The failure of arguments that are not these. */
  public UsageException misused(String problem) {
    return new UsageException(problem, "See " + command + " --help.");
  }

  UsageException unknown(String option) {
    List<String> names = new ArrayList<>();
    for (CommandOption known : options) {
      names.add(known.name());
    }
    names.sort(null);
    // Behind the equals sign there may be a key.
    int end = option.indexOf('=');
    return misused(
        (end < 0 ? option : option.substring(0, end))
            + " is not an option of \""
            + command
            + "\" in this version; its options are "
            + String.join(", ", names)
            + ".");
  }

  @Nullable CommandOption named(String name) {
    for (CommandOption option : options) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    return null;
  }

  @Nullable CommandOption lettered(char letter) {
    for (CommandOption option : options) {
      if (option.letter() != null && option.letter().charAt(0) == letter) {
        return option;
      }
    }
    return null;
  }
}
