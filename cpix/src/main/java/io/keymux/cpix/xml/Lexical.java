package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values out of XML text. XML Schema's own strictness: white space around a value is dropped, all
 * else must be exact. Texts that may be keys are never quoted.
 */
final class Lexical {
  private Lexical() {}

  static String required(@Nullable String attribute, Place place) {
    if (attribute == null) {
      throw place.invalid(
          "cpix-missing-attribute", "the attribute is missing.", "Add the attribute.");
    }
    return attribute;
  }

  static KeyId keyId(@Nullable String text, Place place) {
    try {
      return KeyId.parse(trimmed(required(text, place)));
    } catch (InvalidCpixException e) {
      throw e;
    } catch (DrmException e) {
      throw place.invalid("cpix-invalid-kid", e.problem(), e.remedy());
    }
  }

  static UUID systemId(@Nullable String text, Place place) {
    try {
      return KeyId.parse(trimmed(required(text, place))).uuid();
    } catch (InvalidCpixException e) {
      throw e;
    } catch (DrmException e) {
      throw place.invalid(
          "cpix-invalid-system-id", "the DRM system id is not a UUID.", "Write it as a UUID.");
    }
  }

  /**
   * Base64 with padding, white space anywhere; the result is the caller's to overwrite.
   *
   * @see "XML Schema Part 2, 3.2.16 base64Binary"
   */
  static byte[] base64(String text, Place place) {
    byte[] packed = withoutWhiteSpace(text);
    try {
      byte[] value = Base64.getDecoder().decode(packed);
      byte[] back = Base64.getEncoder().encode(value);
      // The decoder lets missing padding and stray low bits pass.
      boolean exact = Arrays.equals(packed, back);
      Arrays.fill(back, (byte) 0);
      if (exact) {
        return value;
      }
      Arrays.fill(value, (byte) 0);
    } catch (IllegalArgumentException e) {
      // Falls through: its message would quote a character of what may be a key.
    } finally {
      Arrays.fill(packed, (byte) 0);
    }
    throw place.invalid(
        "cpix-invalid-base64", "the value is not base64.", "Write it in base64 with padding.");
  }

  static Bytes bytes(String text, Place place) {
    return Bytes.copyOf(base64(text, place));
  }

  /** Base64 of UTF-8 text. */
  static String base64Text(String text, Place place) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(base64(text, place))).toString();
    } catch (CharacterCodingException e) {
      throw place.invalid(
          "cpix-invalid-utf8", "the decoded value is not UTF-8 text.", "Encode the text in UTF-8.");
    }
  }

  static long number(String text, Place place, long min, long max) {
    try {
      long value = Long.parseLong(trimmed(text));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through: the same complaint as for a number out of range.
    }
    throw place.invalid(
        "cpix-invalid-number",
        "\"%s\" is not an integer from %d to %d.".formatted(shortened(text), min, max),
        "Correct the number.");
  }

  static boolean bool(String text, Place place) {
    return switch (trimmed(text)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw place.invalid(
              "cpix-invalid-boolean",
              "\"" + shortened(text) + "\" is not true, false, 1 or 0.",
              "Correct the value.");
    };
  }

  /** A date and time; UTC if it has no zone. */
  static OffsetDateTime dateTime(String text, Place place) {
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              trimmed(text), OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime zoned
          ? zoned
          : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw place.invalid(
          "cpix-invalid-date-time",
          "\"" + shortened(text) + "\" is not a date and time.",
          "Write it as 2030-01-31T23:59:59Z.");
    }
  }

  /**
   * A span of time without years and months, whose length would depend on the calendar.
   *
   * @see "XML Schema Part 2, 3.2.6 duration"
   */
  static Duration duration(String text, Place place) {
    try {
      String trimmed = trimmed(text);
      if (trimmed.indexOf('P') >= 0 && trimmed.equals(trimmed.toUpperCase(Locale.ROOT))) {
        return Duration.parse(trimmed);
      }
    } catch (DateTimeParseException e) {
      // Falls through: a duration with years ends here as well.
    }
    throw place.invalid(
        "cpix-invalid-duration",
        "\"" + shortened(text) + "\" is not a duration of days, hours, minutes and seconds.",
        "Write it as PT1H30M or P1DT0.5S.");
  }

  /** Without the white space of XML at both ends; other blanks are part of a value. */
  static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhiteSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isWhiteSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /**
   * By hand, as regular expressions took half the time of reading a document; what is no Latin-1
   * becomes a question mark, which is no base64.
   */
  private static byte[] withoutWhiteSpace(String text) {
    byte[] packed = new byte[text.length()];
    int size = 0;
    for (int i = 0; i < packed.length; i++) {
      char c = text.charAt(i);
      if (!isWhiteSpace(c)) {
        packed[size++] = (byte) (c < 0x100 ? c : '?');
      }
    }
    if (size == packed.length) {
      return packed;
    }
    byte[] exact = Arrays.copyOf(packed, size);
    Arrays.fill(packed, (byte) 0);
    return exact;
  }

  /** Those of XML: other blanks are part of a value. */
  private static boolean isWhiteSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  static String shortened(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }
}
