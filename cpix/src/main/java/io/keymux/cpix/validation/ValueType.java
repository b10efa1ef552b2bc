package io.keymux.cpix.validation;

import java.math.BigInteger;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lexical types of attributes and texts. Faults never quote the value: it may be a key.
 *
 * @see "XML Schema Part 2: Datatypes"
 */
enum ValueType {
  STRING,
  ID,
  IDREF,
  UUID,
  UUIDS,
  BASE64,
  IV,
  BOOLEAN,
  INTEGER,
  INT,
  LONG,
  DATE_TIME,
  DURATION,
  URI,
  FOURCC,
  PLAYLIST_2_1,
  PLAYLIST_2_2,
  PLAYLIST_2_4;

  private static final Pattern NC_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}._·-]*");
  private static final Pattern INTEGER_TEXT = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FORBIDDEN =
      Pattern.compile("[^A-Za-z0-9;/?:@&=+$,_.!~*'()%#\\[\\]-]");
  private static final Set<String> PLAYLISTS = Set.of("media", "variant", "master", "multiVariant");

  /** Why a text is not of a type. */
  record Fault(CpixRule rule, String problem, String remedy) {}

  static ValueType of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_'));
  }

  /** The fault of {@code text}, or null if there is none. */
  @Nullable Fault fault(String text) {
    String collapsed = collapse(text);
    return switch (this) {
      case STRING -> null;
      case ID, IDREF -> name(collapsed);
      case UUID -> UuidText.fault(text);
      case UUIDS -> uuids(text);
      case BASE64 -> Base64Text.fault(text);
      case IV -> Base64Text.ivFault(text);
      case BOOLEAN -> bool(collapsed);
      case INTEGER -> integer(collapsed, 0);
      case INT -> integer(collapsed, Integer.SIZE);
      case LONG -> integer(collapsed, Long.SIZE);
      case DATE_TIME -> TimeText.dateTimeFault(collapsed);
      case DURATION -> TimeText.durationFault(collapsed);
      case URI -> uri(collapsed);
      case FOURCC -> fourCc(text);
      case PLAYLIST_2_1 -> playlist(text, "master", "variant");
      case PLAYLIST_2_2 -> playlist(text, "master", "media");
      case PLAYLIST_2_4 -> playlist(text, "multiVariant", "media");
    };
  }

  /** Without the white space of XML at both ends; the only place where the types here have some. */
  static String collapse(String text) {
    return text.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
  }

  private static @Nullable Fault name(String text) {
    return NC_NAME.matcher(text).matches()
        ? null
        : new Fault(
            CpixRule.INVALID_ID,
            "\"" + Quoted.shortened(text) + "\" is no name of XML.",
            "Begin it with a letter or _; use letters, digits and ._- only.");
  }

  /** URIs as RFC 2396 has them, with all that it forbids taken as escaped. */
  private static @Nullable Fault uri(String text) {
    try {
      new java.net.URI(FORBIDDEN.matcher(text).replaceAll("%20"));
      return null;
    } catch (URISyntaxException e) {
      return new Fault(CpixRule.INVALID_URI, "The value is not a URI.", "Correct it.");
    }
  }

  /**
   * One UUID, as the schema has it, or several with blanks between, as the prose has it.
   *
   * @see "DASH-IF CPIX 2.4, DocumentKey"
   */
  private static @Nullable Fault uuids(String text) {
    return Arrays.stream(text.split("[ \t\r\n]+", -1))
        .map(UuidText::fault)
        .filter(fault -> fault != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Fault bool(String text) {
    return Set.of("true", "false", "1", "0").contains(text)
        ? null
        : new Fault(
            CpixRule.INVALID_BOOLEAN, "The value is not true, false, 1 or 0.", "Correct it.");
  }

  private static @Nullable Fault integer(String text, int bits) {
    boolean ok =
        INTEGER_TEXT.matcher(text).matches()
            && (bits == 0 || (digits(text) <= 19 && new BigInteger(text).bitLength() < bits));
    return ok
        ? null
        : new Fault(
            CpixRule.INVALID_INTEGER,
            bits == 0
                ? "The value is not an integer."
                : "The value is not an integer of " + bits + " bits.",
            "Write it in decimal digits.");
  }

  /** Without leading zeros. Long numbers take BigInteger seconds. */
  private static int digits(String text) {
    return text.replaceFirst("^[+-]?0*", "").length();
  }

  private static @Nullable Fault fourCc(String text) {
    return text.codePointCount(0, text.length()) == 4
        ? null
        : new Fault(
            CpixRule.SCHEME_LENGTH,
            "\"" + Quoted.shortened(text) + "\" has not four characters, as CPIX 2.3 wants.",
            "Write cenc, cens, cbc1 or cbcs; other methods need CPIX 2.4.");
  }

  private static @Nullable Fault playlist(String text, String master, String media) {
    if (text.equals(master) || text.equals(media)) {
      return null;
    }
    String remedy = "Write \"%s\" or \"%s\".".formatted(media, master);
    return PLAYLISTS.contains(text)
        ? new Fault(
            CpixRule.PLAYLIST_NAME, "\"" + text + "\" is a name of another CPIX version.", remedy)
        : new Fault(
            CpixRule.PLAYLIST_VALUE,
            "\"" + Quoted.shortened(text) + "\" is no kind of playlist.",
            remedy);
  }
}
