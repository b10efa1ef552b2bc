package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.HelpText;
import io.keymux.api.cli.syntax.Syntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line as a function: arguments in, exit code out. */
public final class Cli {
  private Cli() {}

  /**
   * Runs one command.
   *
   * @return 0 ok, 2 usage, 3 input, 4 key server, 5 external tool, 6 output, 7 verification failed,
   *     130 cancelled, 70 for a bug
   */
  public static int run(Console console, String... args) {
    List<String> arguments = Arrays.asList(args);
    int code;
    try {
      code = dispatch(console, arguments);
    } catch (Exception e) {
      boolean debug = arguments.contains(Syntax.DEBUG.name());
      code = new FailureReport(console.err(), debug).report(e);
    }
    console.out().flush();
    console.err().flush();
    return code;
  }

  private static int dispatch(Console console, List<String> arguments) throws Exception {
    Command command = new RootCommand(console);
    List<String> rest = arguments;
    int word = firstWord(rest);
    while (word < rest.size() && !command.commands().isEmpty()) {
      if (word > 0 && tells(console, command, rest.subList(0, word))) {
        return ExitCode.OK;
      }
      Command next = command.command(rest.get(word));
      if (next == null) {
        throw command
            .syntax()
            .misused(
                "\"%s\" is not a command; the commands are %s."
                    .formatted(rest.get(word), String.join(", ", command.commands())));
      }
      command = next;
      rest = rest.subList(word + 1, rest.size());
      word = firstWord(rest);
    }
    Arguments given = Arguments.parse(command.syntax(), rest);
    if (tells(console, command, given)) {
      return ExitCode.OK;
    }
    given.requireComplete();
    return command.run(given);
  }

  /** Where the first argument stands that is no option; behind the last one if all are. */
  private static int firstWord(List<String> arguments) {
    int word = 0;
    while (word < arguments.size() && arguments.get(word).startsWith("-")) {
      word++;
    }
    return word;
  }

  private static boolean tells(Console console, Command command, List<String> options) {
    return tells(console, command, Arguments.parse(command.syntax(), options));
  }

  /** Prints help or the version if that is asked for. */
  private static boolean tells(Console console, Command command, Arguments given) {
    if (given.has(Syntax.HELP)) {
      console.out().print(help(console, command));
      return true;
    }
    if (given.has(Syntax.VERSION)) {
      console.out().println("keymux " + Version.text());
      return true;
    }
    return false;
  }

  private static String help(Console console, Command command) {
    List<Syntax> commands = new ArrayList<>();
    for (String name : command.commands()) {
      Command held = command.command(name);
      if (held != null) {
        commands.add(held.syntax());
      }
    }
    int width = console.terminal() ? Math.max(60, Math.min(console.columns(), 120)) : 100;
    return HelpText.of(command.syntax(), commands, width);
  }
}
