package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 with white space anywhere. Results are the caller's to overwrite.
 *
 * @see "XML Schema Part 2, 3.2.16 base64Binary"
 */
final class Base64Text {
  private Base64Text() {}

  static ValueType.@Nullable Fault fault(String text) {
    byte[] exact = decode(text);
    byte[] any = exact == null ? decodeAny(text) : null;
    try {
      if (exact != null) {
        return null;
      }
      return any != null
          ? new ValueType.Fault(
              CpixRule.BASE64_JUNK,
              "The base64 holds other characters or lacks its padding.",
              "Write it with the 64 characters, = and white space only.")
          : new ValueType.Fault(
              CpixRule.INVALID_BASE64, "The value is not base64.", "Write it in base64.");
    } finally {
      wipe(exact);
      wipe(any);
    }
  }

  static ValueType.@Nullable Fault ivFault(String text) {
    return decode(text) == null && UuidText.parse(text) != null
        ? new ValueType.Fault(
            CpixRule.EXPLICIT_IV_UUID,
            "The IV is written as a UUID.",
            "Write its 16 bytes in base64.")
        : fault(text);
  }

  /** The bytes if the text is exact, or null. */
  static byte @Nullable [] decode(String text) {
    byte[] packed = text.replaceAll("[ \t\r\n]", "").getBytes(ISO_8859_1);
    try {
      byte[] value = Base64.getDecoder().decode(packed);
      byte[] back = Base64.getEncoder().encode(value);
      // The decoder lets missing padding and stray low bits pass.
      boolean exact = Arrays.equals(packed, back);
      wipe(back);
      if (exact) {
        return value;
      }
      wipe(value);
      return null;
    } catch (IllegalArgumentException e) {
      return null;
    } finally {
      wipe(packed);
    }
  }

  /** What a lenient reader makes of the text, or null if that is nothing. */
  static byte @Nullable [] decodeAny(String text) {
    byte[] packed = text.replaceAll("[^A-Za-z0-9+/]", "").getBytes(ISO_8859_1);
    try {
      return packed.length < 2 ? null : Base64.getDecoder().decode(packed);
    } catch (IllegalArgumentException e) {
      return null;
    } finally {
      wipe(packed);
    }
  }

  static void wipe(byte @Nullable [] bytes) {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
