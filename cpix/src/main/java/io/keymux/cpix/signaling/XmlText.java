package io.keymux.cpix.signaling;

/** Element content and attribute values as canonical XML writes them. */
final class XmlText {
  private XmlText() {}

  /**
   * @param place what the text is for, for the error message
   * @throws SignalingException with code {@code invalid-signaling-value} if it holds a character
   *     that XML cannot carry, also not escaped
   * @see "XML 1.0, 2.2 Characters"
   */
  static String escape(String place, String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (!isXml(character)) {
                throw SignalingException.invalidValue(place, "U+%04X".formatted(character));
              }
              switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#xD;");
                default -> escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character <= 0xd7ff)
        || (character >= 0xe000 && character <= 0xfffd)
        || character >= 0x10000;
  }
}
