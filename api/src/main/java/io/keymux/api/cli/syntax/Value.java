package io.keymux.api.cli.syntax;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What was given for an option or a positional, and the place that errors name. */
public final class Value {
  private final Syntax syntax;
  private final String place;
  private final String text;

  Value(Syntax syntax, String place, String text) {
    this.syntax = syntax;
    this.place = place;
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * @throws UsageException if it is none
   */
  public Path path() {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw refused("'" + text + "' is not a path.");
    }
  }

  /**
   * @throws UsageException if it is no whole number of 32 bits
   */
  public int whole() {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused("'" + text + "' is not an int.");
    }
  }

  /**
   * @throws UsageException if it is no number
   */
  public double decimal() {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as of a number without an end.
    }
    throw refused("'" + text + "' is not a double.");
  }

  /**
   * The failure of a value that is not what it should be.
   *
   * @param why a sentence
   */
  public UsageException refused(String why) {
    return syntax.misused("Invalid value for " + place + ": " + why);
  }
}
