package io.keymux.api.cli.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes arguments so that Commons CLI reads them as users mean them. Left alone it takes {@code
 * -output} and {@code -keyfoo} for long options, also where they stand for a value.
 */
final class Tokens {
  private static final String END = "--";

  private final Syntax syntax;
  private final List<String> tokens = new ArrayList<>();

  private Tokens(Syntax syntax) {
    this.syntax = syntax;
  }

  /**
   * The arguments, each value joined to its option as in {@code --output=DIR}.
   *
   * @throws UsageException if an option has a letter that is unknown
   */
  static String[] of(Syntax syntax, List<String> arguments) {
    Tokens tokens = new Tokens(syntax);
    tokens.join(arguments);
    return tokens.tokens.toArray(new String[0]);
  }

  private void join(List<String> arguments) {
    int at = 0;
    while (at < arguments.size()) {
      String argument = arguments.get(at++);
      if (argument.equals(END)) {
        tokens.add(argument);
        tokens.addAll(arguments.subList(at, arguments.size()));
        return;
      }
      CommandOption option = option(argument);
      if (option == null || !option.takesValue()) {
        tokens.add(shortForm(argument) ? longForm(argument) : argument);
      } else if (at < arguments.size() && !startsOption(arguments.get(at))) {
        tokens.add(option.name() + "=" + arguments.get(at++));
      } else {
        tokens.add(option.name());
      }
    }
  }

  /** The option that is all of the argument. */
  private @Nullable CommandOption option(String argument) {
    return shortForm(argument) && argument.length() == 2
        ? syntax.lettered(argument.charAt(1))
        : syntax.named(argument);
  }

  /** {@code -oDIR} and {@code -o=DIR} as {@code --output=DIR}; flags as they are. */
  private String longForm(String argument) {
    CommandOption option = syntax.lettered(argument.charAt(1));
    if (option == null) {
      throw syntax.unknown(argument);
    }
    if (!option.takesValue()) {
      return argument;
    }
    return option.name() + "=" + argument.substring(argument.charAt(2) == '=' ? 3 : 2);
  }

  /** Whether it cannot be the value of the option before it. */
  private boolean startsOption(String argument) {
    if (shortForm(argument)) {
      return syntax.lettered(argument.charAt(1)) != null;
    }
    int end = argument.indexOf('=');
    return argument.equals(END)
        || syntax.named(end < 0 ? argument : argument.substring(0, end)) != null;
  }

  private static boolean shortForm(String argument) {
    return argument.length() > 1 && argument.charAt(0) == '-' && argument.charAt(1) != '-';
  }
}
