package io.keymux.cpix.xml;

/** What the names of attributes tell. */
final class XmlNames {
  static final String XMLNS = "xmlns";

  private XmlNames() {}

  /** Whether an attribute declares a namespace: {@code xmlns}, or {@code xmlns:} and a prefix. */
  static boolean isDeclaration(String name) {
    return name.startsWith(XMLNS)
        && (name.length() == XMLNS.length() || name.charAt(XMLNS.length()) == ':');
  }

  /** The prefix that a declaration is for; empty for the default namespace. */
  static String declaredPrefix(String declaration) {
    return declaration.length() == XMLNS.length() ? "" : declaration.substring(XMLNS.length() + 1);
  }
}
