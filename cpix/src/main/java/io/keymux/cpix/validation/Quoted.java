package io.keymux.cpix.validation;

/** Text of a document in a message. Never of an element or attribute that may hold a key. */
final class Quoted {
  private static final int MAX_CHARS = 64;

  private Quoted() {}

  static String shortened(String text) {
    return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
  }
}
