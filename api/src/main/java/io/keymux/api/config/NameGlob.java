package io.keymux.api.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that the operator allows: {@code *} stands for any run of characters, everything else for
 * itself.
 */
public final class NameGlob {
  private final String text;
  private final Pattern pattern;

  private NameGlob(String text) {
    this.text = text;
    this.pattern =
        Pattern.compile(
            Pattern.quote(text.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
  }

  /** Of a text with any number of {@code *}. */
  public static NameGlob of(String text) {
    return new NameGlob(text);
  }

  /** Whether a name is one of these; case does not count. */
  public boolean matches(String name) {
    return pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
