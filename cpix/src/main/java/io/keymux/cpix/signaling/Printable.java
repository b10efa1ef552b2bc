package io.keymux.cpix.signaling;

/** Foreign text made safe to show: hostile data must not steer the terminal that shows it. */
final class Printable {
  private static final int QUOTE_CHARS = 64;

  private Printable() {}

  /** Control and formatting characters become a backslash, {@code u} and four hex digits. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean steers = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
      printable.append(steers ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return printable.toString();
  }

  /** In double quotes, and cut to the first {@value #QUOTE_CHARS} characters. */
  static String quote(String text) {
    boolean cut = text.length() > QUOTE_CHARS;
    return '"' + of(cut ? text.substring(0, QUOTE_CHARS) + "…" : text) + '"';
  }
}
