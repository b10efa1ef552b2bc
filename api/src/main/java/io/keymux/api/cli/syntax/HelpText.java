package io.keymux.api.cli.syntax;

import java.util.ArrayList;
import java.util.List;

/** Lays out what a command takes, in two columns. */
public final class HelpText {
  /** A longer name stands on a line of its own. */
  private static final int WIDEST_NAME = 20;

  private static final int BEFORE_NAME = 6;
  private static final int GAP = 3;

  /** Of lines that are continued. */
  private static final String INDENT = "  ";

  private final int width;
  private final StringBuilder text = new StringBuilder();

  private HelpText(int width) {
    this.width = width;
  }

  /**
   * @param commands what the command holds
   * @param width in columns, at least 60
   */
  public static String of(Syntax syntax, List<Syntax> commands, int width) {
    HelpText help = new HelpText(width);
    help.synopsis(syntax, !commands.isEmpty());
    syntax.description().forEach(line -> help.line(0, line));
    help.parameters(syntax);
    help.commands(syntax.command().length() + 1, commands);
    syntax.footer().forEach(line -> help.line(0, line));
    return help.text.toString();
  }

  private void synopsis(Syntax syntax, boolean commands) {
    Positional positional = syntax.positional();
    String rest =
        positional == null ? "" : " " + positional.label() + (positional.many() ? "..." : "");
    line(0, "Usage: " + syntax.command() + " [OPTIONS]" + (commands ? " COMMAND" : rest));
  }

  private void parameters(Syntax syntax) {
    List<String> names = new ArrayList<>();
    List<List<String>> descriptions = new ArrayList<>();
    Positional positional = syntax.positional();
    if (positional != null) {
      names.add(positional.label() + (positional.many() ? "..." : ""));
      descriptions.add(positional.description());
    }
    for (CommandOption option : syntax.options()) {
      names.add(option.name() + label(option));
      descriptions.add(described(option));
    }
    int widest =
        names.stream().mapToInt(String::length).filter(n -> n <= WIDEST_NAME).max().orElse(0);
    int column = BEFORE_NAME + widest + GAP;
    int first = positional == null ? 0 : 1;
    for (int i = 0; i < names.size(); i++) {
      String letter = i < first ? null : syntax.options().get(i - first).letter();
      row(
          (letter == null ? INDENT.repeat(3) : INDENT + "-" + letter + ", ") + names.get(i),
          column);
      for (String line : descriptions.get(i)) {
        line(column, line);
      }
    }
  }

  private static String label(CommandOption option) {
    return switch (option.arity()) {
      case FLAG -> "";
      case ONE, REPEATED -> "=" + option.label();
      case LIST -> "=" + option.label() + "[," + option.label() + "...]";
    };
  }

  private static List<String> described(CommandOption option) {
    String fallback = option.fallback() == null ? "" : option.fallback();
    return option.description().stream().map(line -> line.replace("{default}", fallback)).toList();
  }

  private void commands(int wordsBefore, List<Syntax> commands) {
    if (commands.isEmpty()) {
      return;
    }
    line(0, "Commands:");
    int widest =
        commands.stream().mapToInt(c -> c.command().length() - wordsBefore).max().orElse(0);
    for (Syntax command : commands) {
      row(INDENT + command.command().substring(wordsBefore), INDENT.length() * 2 + widest);
      line(INDENT.length() * 2 + widest, command.description().get(0));
    }
  }

  /** The left column; the right one follows on the same line if there is room. */
  private void row(String name, int column) {
    text.append(name);
    if (name.length() + INDENT.length() > column) {
      text.append(System.lineSeparator());
    }
  }

  /** One line at {@code column}, wrapped between words. */
  private void line(int column, String content) {
    int start = text.lastIndexOf(System.lineSeparator());
    int used = start < 0 ? text.length() : text.length() - start - System.lineSeparator().length();
    text.append(" ".repeat(Math.max(0, column - used)));
    String rest = content;
    String indent = "";
    while (column + indent.length() + rest.length() > width) {
      int end = rest.lastIndexOf(' ', width - column - indent.length());
      if (end <= 0) {
        break;
      }
      text.append(indent).append(rest, 0, end).append(System.lineSeparator());
      text.append(" ".repeat(column));
      rest = rest.substring(end + 1);
      indent = INDENT;
    }
    text.append(indent).append(rest).append(System.lineSeparator());
  }
}
