package io.keymux.api.mps.request;

/** A field's name in a message: it is the client's text, so no more of it than helps. */
final class ShownName {
  private static final int LONGEST = 120;

  private ShownName() {}

  static String of(String name) {
    String harmless = name.replaceAll("[^\\x21-\\x7e]", "?");
    return harmless.length() > LONGEST ? harmless.substring(0, LONGEST) + "…" : harmless;
  }
}
