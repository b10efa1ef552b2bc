package io.keymux.api.cli.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option of a command.
 *
 * @param name with its hyphens, as {@code --output}
 * @param letter its short form without the hyphen, as {@code o}; null if it has none
 * @param label what help calls its value; empty for a flag
 * @param required whether the command needs it
 * @param fallback the value if it is not given
 * @param description lines of help; {@code {default}} in them stands for the fallback
 */
public record CommandOption(
    String name,
    @Nullable String letter,
    Arity arity,
    String label,
    boolean required,
    @Nullable String fallback,
    List<String> description) {

  /** How many values it takes. */
  public enum Arity {
    /** None: it is there or not. */
    FLAG,
    /** One, given once. */
    ONE,
    /** One each time; it may be given again. */
    REPEATED,
    /** Some each time, with commas between them; it may be given again. */
    LIST
  }

  public static CommandOption flag(String name, String... description) {
    return of(name, Arity.FLAG, "", description);
  }

  public static CommandOption one(String name, String label, String... description) {
    return of(name, Arity.ONE, label, description);
  }

  public static CommandOption repeated(String name, String label, String... description) {
    return of(name, Arity.REPEATED, label, description);
  }

  public static CommandOption list(String name, String label, String... description) {
    return of(name, Arity.LIST, label, description);
  }

  private static CommandOption of(String name, Arity arity, String label, String... description) {
    return new CommandOption(name, null, arity, label, false, null, List.of(description));
  }

  /** The same with a short form. */
  public CommandOption withLetter(String letter) {
    return new CommandOption(name, letter, arity, label, required, fallback, description);
  }

  /** The same, needed. */
  public CommandOption mandatory() {
    return new CommandOption(name, letter, arity, label, true, fallback, description);
  }

  /** The same with a value if none is given. */
  public CommandOption orElse(String value) {
    return new CommandOption(name, letter, arity, label, required, value, description);
  }

  boolean takesValue() {
    return arity != Arity.FLAG;
  }

  /** As errors call it: {@code option '--scheme' (SCHEME)}. */
  String place() {
    return "option '" + name + "'" + (takesValue() ? " (" + label + ")" : "");
  }
}
