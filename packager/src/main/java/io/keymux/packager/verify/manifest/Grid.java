package io.keymux.packager.verify.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two numbers with an {@code x} between: {@code 5x4}; zeros if it is none. */
record Grid(int columns, int rows) {
  private static final Pattern PAIR = Pattern.compile("(\\d{1,9})x(\\d{1,9})");

  static Grid of(String text) {
    Matcher matcher = PAIR.matcher(text.strip());
    return matcher.matches()
        ? new Grid(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new Grid(0, 0);
  }
}
