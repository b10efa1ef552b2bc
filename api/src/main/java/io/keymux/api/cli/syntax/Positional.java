package io.keymux.api.cli.syntax;

import java.util.List;

/**
 * What a command needs besides options.
 *
 * @param many whether it takes more than one
 * @param description lines of help
 */
public record Positional(String label, boolean many, List<String> description) {

  public static Positional one(String label, String... description) {
    return new Positional(label, false, List.of(description));
  }

  public static Positional many(String label, String... description) {
    return new Positional(label, true, List.of(description));
  }
}
