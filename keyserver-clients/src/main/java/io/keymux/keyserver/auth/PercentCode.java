package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Percent-encoding of UTF-8.
 *
 * @see "RFC 3986, 2 Characters"
 */
final class PercentCode {
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String SEGMENT_MARKS = UNRESERVED_MARKS + "!$&'()*+,;=:@";
  private static final String HEX = "0123456789ABCDEF";

  private PercentCode() {}

  /** All but letters, digits and {@code -._~} is encoded: safe wherever a value may stand. */
  static String value(String text) {
    return encode(text, UNRESERVED_MARKS);
  }

  /** What RFC 3986 calls a segment: {@code /} is encoded, {@code =} and {@code +} are not. */
  static String segment(String text) {
    return encode(text, SEGMENT_MARKS);
  }

  /** A whole path: as {@link #value}, with the slashes kept. */
  static String path(String path) {
    return encode(path, UNRESERVED_MARKS + "/");
  }

  /** The text behind the escapes; a percent sign that begins none stands for itself. */
  static String decode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low < 0) {
        out.write(bytes[i]);
      } else {
        out.write(high << 4 | low);
        i += 2;
      }
    }
    return out.toString(UTF_8);
  }

  static boolean isUnreserved(int octet) {
    return isPlain(octet, UNRESERVED_MARKS);
  }

  static char highDigit(int octet) {
    return HEX.charAt(octet >> 4 & 15);
  }

  static char lowDigit(int octet) {
    return HEX.charAt(octet & 15);
  }

  private static String encode(String text, String marks) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(UTF_8)) {
      if (isPlain(octet, marks)) {
        out.append((char) octet);
      } else {
        out.append('%').append(highDigit(octet)).append(lowDigit(octet));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(int octet, String marks) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || marks.indexOf(octet) >= 0;
  }
}
