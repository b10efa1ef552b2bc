package io.keymux.cpix.xml;

import java.util.Arrays;

/**
 * A growing UTF-8 text, with the escapes of XML. Buffers that it has outgrown are overwritten: they
 * may hold keys.
 *
 * <p>It writes as references what a parser would change: CR, and in attributes TAB and LF; also
 * U+007F to U+009F and U+2028, which only some readers see as they are.
 *
 * @see "XML 1.0, 2.2 Characters, 2.11 End-of-Line Handling, 3.3.3 Attribute-Value Normalization"
 */
final class XmlOutput {
  private static final int LONGEST_ESCAPE = 8;
  private static final String CDATA_START = "<![CDATA[";
  private static final String CDATA_END = "]]>";

  private static final int ASCII = 0x80;

  // The ASCII characters that may stand as they are: between tags, in an attribute, and where there
  // are no escapes, which is in names, comments, processing instructions and CDATA sections.
  private static final boolean[] TEXT = allBut("&<>\r\u007f");
  private static final boolean[] ATTRIBUTE = allBut("&<>\"\t\n\r\u007f");
  private static final boolean[] VERBATIM = allBut("\r\u007f");

  private final boolean xml11;
  private byte[] bytes = new byte[4096];
  private int size;

  /**
   * @param xml11 whether it is XML 1.1, where a few more characters need a reference
   */
  XmlOutput(boolean xml11) {
    this.xml11 = xml11;
  }

  /** Writes ASCII as it is. */
  void markup(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
  }

  /**
   * Writes text between tags.
   *
   * @return false if it holds a character that XML has no way to carry
   */
  boolean text(String text) {
    return write(text, 0, text.length(), TEXT);
  }

  /**
   * Writes the value of an attribute, to stand in double quotes.
   *
   * @return false as {@link #text}
   */
  boolean attribute(String value) {
    return write(value, 0, value.length(), ATTRIBUTE);
  }

  /**
   * Writes where XML has no escapes: a name, a comment or a processing instruction.
   *
   * @return false as {@link #text}, or if it holds a character that needs an escape
   */
  boolean verbatim(String text) {
    return write(text, 0, text.length(), VERBATIM);
  }

  /**
   * Writes a CDATA section. It becomes several where it holds its own end, or a character that only
   * a reference between two sections keeps.
   *
   * @return false as {@link #text}
   */
  boolean cdata(String text) {
    markup(CDATA_START);
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean reference = changes(text.charAt(i));
      if (!reference && !text.startsWith(CDATA_END, i)) {
        continue;
      }
      int end = reference ? i : i + 2;
      if (!write(text, written, end, VERBATIM)) {
        return false;
      }
      markup(CDATA_END);
      if (reference) {
        reference(text.charAt(i));
        end++;
      }
      markup(CDATA_START);
      written = end;
    }
    boolean writable = write(text, written, text.length(), VERBATIM);
    markup(CDATA_END);
    return writable;
  }

  /** All that was written. The buffer is overwritten. */
  byte[] take() {
    byte[] all = Arrays.copyOf(bytes, size);
    wipe();
    return all;
  }

  void wipe() {
    Arrays.fill(bytes, 0, size, (byte) 0);
    size = 0;
  }

  private boolean write(String text, int from, int to, boolean[] plain) {
    int i = from;
    while (true) {
      i = plain(text, i, to, plain);
      if (i == to) {
        return true;
      }
      char c = text.charAt(i);
      reserve(LONGEST_ESCAPE);
      if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        fourBytes(text.codePointAt(i));
        i += 2;
        continue;
      }
      if (!isXml(c) || (plain == VERBATIM && changes(c))) {
        return false;
      }
      if (plain != VERBATIM && (c < ASCII || isControl(c))) {
        escape(c);
      } else {
        upToThreeBytes(c);
      }
      i++;
    }
  }

  /** Writes up to the first character that takes more than its own byte, and returns its index. */
  @SuppressWarnings("deprecation") // It drops the upper half of characters: here that is empty.
  private int plain(String text, int from, int to, boolean[] plain) {
    int end = from;
    while (end < to && text.charAt(end) < ASCII && plain[text.charAt(end)]) {
      end++;
    }
    reserve(end - from);
    text.getBytes(from, end, bytes, size);
    size += end - from;
    return end;
  }

  private void escape(char c) {
    switch (c) {
      case '&' -> markup("&amp;");
      case '<' -> markup("&lt;");
      case '>' -> markup("&gt;");
      case '"' -> markup("&quot;");
      default -> reference(c);
    }
  }

  private void reference(char c) {
    markup("&#" + (int) c + ";");
  }

  private void upToThreeBytes(char c) {
    if (c < ASCII) {
      bytes[size++] = (byte) c;
      return;
    }
    if (c < 0x800) {
      bytes[size++] = (byte) (0xc0 | (c >> 6));
    } else {
      bytes[size++] = (byte) (0xe0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3f));
  }

  private void fourBytes(int codePoint) {
    bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
    bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    bytes[size++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      byte[] outgrown = bytes;
      bytes = Arrays.copyOf(outgrown, Math.max(size + more, 2 * outgrown.length));
      Arrays.fill(outgrown, (byte) 0);
    }
  }

  /** Whether a parser takes {@code c} for a line end, or refuses it, where it stands as it is. */
  private boolean changes(char c) {
    return c == '\r' || (xml11 && isControl(c));
  }

  private static boolean isControl(char c) {
    return (c >= 0x7f && c <= 0x9f) || c == '\u2028';
  }

  /**
   * Whether XML has the character; half a surrogate pair it has not.
   *
   * @see "XML 1.0, production 2 Char"
   */
  private static boolean isXml(char c) {
    return c >= ' '
        ? c < Character.MIN_SURROGATE || (c > Character.MAX_SURROGATE && c < '\ufffe')
        : c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean[] allBut(String special) {
    boolean[] plain = new boolean[ASCII];
    for (char c = 0; c < ASCII; c++) {
      plain[c] = special.indexOf(c) < 0 && isXml(c);
    }
    return plain;
  }
}
