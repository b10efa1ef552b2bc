package io.keymux.cpix.signaling;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Turns what people paste or save into the bytes that {@link PsshInspector} reads. */
public final class PsshInput {
  private static final String BASE64_MARK = "base64,";

  private PsshInput() {}

  /**
   * Decodes hex ({@code 0x} and white space allowed), base64 (either alphabet, padding optional,
   * white space allowed), a {@code data:} URI with base64, or takes XML as it is. Digits that are
   * good for both are hex.
   *
   * @throws MalformedSignalingException with code {@code unreadable-pssh-input} for anything else
   */
  public static byte[] ofText(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("<")) {
      return stripped.getBytes(StandardCharsets.UTF_8);
    }
    int mark = stripped.startsWith("data:") ? stripped.indexOf(BASE64_MARK) : -1;
    String joined =
        (mark < 0 ? stripped : stripped.substring(mark + BASE64_MARK.length()))
            .replaceAll("\\s", "");
    String digits = joined.toLowerCase(Locale.ROOT).startsWith("0x") ? joined.substring(2) : joined;
    if (digits.isEmpty()) {
      throw MalformedSignalingException.input("The input is empty.");
    }
    if (mark < 0 && isHex(digits)) {
      return HexFormat.of().parseHex(digits);
    }
    return base64(joined);
  }

  /** The content of a file: text as {@link #ofText} reads it, anything else as it is. */
  public static byte[] ofFile(byte[] content) {
    for (byte b : content) {
      boolean text = (b >= 0x20 && b < 0x7f) || b == '\t' || b == '\r' || b == '\n';
      if (!text) {
        return content.clone();
      }
    }
    return ofText(new String(content, StandardCharsets.US_ASCII));
  }

  private static boolean isHex(String text) {
    return !text.isEmpty()
        && text.length() % 2 == 0
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      // The decoder's own message may quote the input; a count of characters is enough.
      throw MalformedSignalingException.input(
          "The text of " + text.length() + " characters is neither hex nor base64.");
    }
  }
}
