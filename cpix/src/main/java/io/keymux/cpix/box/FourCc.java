package io.keymux.cpix.box;

import java.nio.charset.StandardCharsets;

/** Four-character codes as big-endian integers. */
public final class FourCc {
  private FourCc() {}

  /**
   * @param text four characters, each of one byte in Latin-1
   */
  public static int of(String text) {
    if (text.length() != 4) {
      throw new IllegalArgumentException("not four characters: " + text);
    }
    return (text.charAt(0) << 24) | (text.charAt(1) << 16) | (text.charAt(2) << 8) | text.charAt(3);
  }

  /** Printable characters as they are, others as {@code \xNN}. */
  public static String name(int fourCc) {
    StringBuilder name = new StringBuilder(4);
    for (byte b :
        new byte[] {
          (byte) (fourCc >>> 24), (byte) (fourCc >>> 16), (byte) (fourCc >>> 8), (byte) fourCc
        }) {
      if ((b >= 0x20 && b < 0x7f) || (b & 0xff) == 0xa9) {
        name.append(new String(new byte[] {b}, StandardCharsets.ISO_8859_1));
      } else {
        name.append("\\x%02x".formatted(b & 0xff));
      }
    }
    return name.toString();
  }
}
