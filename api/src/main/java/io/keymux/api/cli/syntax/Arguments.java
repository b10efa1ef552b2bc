package io.keymux.api.cli.syntax;

import io.keymux.api.cli.syntax.CommandOption.Arity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/** The arguments of one command; the only place that knows the library which reads them. */
public final class Arguments {
  private final Syntax syntax;
  private final Map<String, List<String>> given = new HashMap<>();
  private final List<String> positionals;

  private Arguments(Syntax syntax, CommandLine line) {
    this.syntax = syntax;
    for (Option option : line.getOptions()) {
      String name = "--" + option.getLongOpt();
      List<String> values = given.get(name);
      if (values == null) {
        values = new ArrayList<>();
        given.put(name, values);
      }
      values.add(option.hasArg() ? option.getValue() : "");
    }
    positionals = line.getArgList();
  }

  /**
   * Reads options and positionals in any order; behind {@code --} all are positionals. Whether
   * something is missing or too many is left to {@link #requireComplete}: help is to be had anyway.
   *
   * @throws UsageException if one is no option of the command, or lacks its value
   */
  public static Arguments parse(Syntax syntax, List<String> arguments) {
    Options options = new Options();
    for (CommandOption option : syntax.options()) {
      options.addOption(
          Option.builder(option.letter())
              .longOpt(option.name().substring(2))
              .hasArg(option.takesValue())
              .get());
    }
    DefaultParser parser =
        DefaultParser.builder()
            .setAllowPartialMatching(false)
            .setStripLeadingAndTrailingQuotes(false)
            .get();
    try {
      return new Arguments(syntax, parser.parse(options, Tokens.of(syntax, arguments)));
    } catch (UnrecognizedOptionException e) {
      throw refused(syntax, e.getOption());
    } catch (MissingArgumentException e) {
      CommandOption option = syntax.named("--" + e.getOption().getLongOpt());
      throw syntax.misused(
          "Missing required parameter for "
              + (option == null ? e.getOption().getLongOpt() : option.place())
              + ".");
    } catch (ParseException e) {
      throw new IllegalStateException("options without groups and none of them required", e);
    }
  }

  private static UsageException refused(Syntax syntax, String argument) {
    int end = argument.indexOf('=');
    CommandOption flag = end < 0 ? null : syntax.named(argument.substring(0, end));
    return flag == null
        ? syntax.unknown(argument)
        : syntax.misused("The " + flag.place() + " takes no value.");
  }

  /**
   * @throws UsageException if something that the command needs is missing, or something is given
   *     more often than it takes
   */
  public void requireComplete() {
    for (CommandOption option : syntax.options()) {
      List<String> values = given.get(option.name());
      if (option.required() && values == null) {
        throw syntax.misused(
            "Missing required option: '" + option.name() + "=" + option.label() + "'.");
      }
      boolean once = option.arity() == Arity.FLAG || option.arity() == Arity.ONE;
      if (once && values != null && values.size() > 1) {
        throw syntax.misused("The " + option.place() + " should be specified only once.");
      }
    }
    Positional wanted = syntax.positional();
    if (wanted != null && positionals.isEmpty()) {
      throw syntax.misused("Missing required parameter: '" + wanted.label() + "'.");
    }
    int most = wanted == null ? 0 : wanted.many() ? Integer.MAX_VALUE : 1;
    if (positionals.size() > most) {
      List<String> rest = positionals.subList(most, positionals.size());
      throw syntax.misused(
          (rest.size() == 1 ? "Unmatched argument: '" : "Unmatched arguments: '")
              + String.join("', '", rest)
              + "'.");
    }
  }

  public boolean has(CommandOption option) {
    return given.containsKey(option.name());
  }

  /** The value, or the fallback, of an option that is needed or has one. */
  public Value value(CommandOption option) {
    Value value = optional(option);
    if (value == null) {
      throw new IllegalStateException(option.name() + " is neither needed nor has a fallback");
    }
    return value;
  }

  /** The value, or the fallback; null if there is neither. */
  public @Nullable Value optional(CommandOption option) {
    List<String> values = given.get(option.name());
    String text = values == null ? option.fallback() : values.get(0);
    return text == null ? null : new Value(syntax, option.place(), text);
  }

  /** The text of {@link #optional}. */
  public @Nullable String text(CommandOption option) {
    Value value = optional(option);
    return value == null ? null : value.text();
  }

  /** All values in the order given, lists taken apart; else those of the fallback. */
  public List<Value> values(CommandOption option) {
    List<String> texts = given.get(option.name());
    if (texts == null) {
      texts = option.fallback() == null ? List.of() : List.of(option.fallback());
    }
    List<Value> values = new ArrayList<>();
    for (String text : texts) {
      List<String> parts =
          option.arity() == Arity.LIST ? Arrays.asList(text.split(",", 0)) : List.of(text);
      for (String part : parts) {
        values.add(new Value(syntax, option.place(), part));
      }
    }
    return values;
  }

  /** All positionals; after {@link #requireComplete} as many as the command takes. */
  public List<Value> positionals() {
    Positional positional = syntax.positional();
    String place = "positional parameter (" + (positional == null ? "" : positional.label()) + ")";
    List<Value> values = new ArrayList<>();
    for (String text : positionals) {
      values.add(new Value(syntax, place, text));
    }
    return values;
  }
}
