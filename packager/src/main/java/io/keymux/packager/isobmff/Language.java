package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader.Box;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * BCP-47 tags from the two ways in which a track names its language.
 *
 * @see "ISO/IEC 14496-12, 8.4.2.3 (packed code) and 8.4.6 Extended language tag"
 */
final class Language {
  static final String UNDETERMINED = "und";

  private static final int FIRST_PACKED = 0x400;
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}");

  /** QuickTime File Format Specification, "Language code values": Macintosh codes from 0. */
  private static final List<String> QUICKTIME =
      List.of(
          "en", "fr", "de", "it", "nl", "sv", "es", "da", "pt", "no", "he", "ja", "ar", "fi", "el",
          "is", "mt", "tr", "hr", "zh-Hant", "ur", "hi", "th", "ko", "lt", "pl", "hu", "et", "lv",
          "se", "fo", "fa", "ru", "zh-Hans");

  private static final Map<String, String> SHORTEST = shortest();

  private Language() {}

  /**
   * The tag of a packed {@code mdhd} code.
   *
   * @param quickTime whether numbers below 0x400 are Macintosh codes; they are meaningless else
   */
  static String ofCode(int code, boolean quickTime) {
    if (code < FIRST_PACKED) {
      return quickTime && code < QUICKTIME.size() ? QUICKTIME.get(code) : UNDETERMINED;
    }
    StringBuilder letters = new StringBuilder(3);
    for (int shift = 10; shift >= 0; shift -= 5) {
      int letter = (code >> shift) & 0x1f;
      if (letter < 1 || letter > 26) {
        return UNDETERMINED;
      }
      letters.append((char) (0x60 + letter));
    }
    return shorten(letters.toString());
  }

  /**
   * The tag of an {@code elng} box.
   *
   * @return {@code otherwise} if the box holds no tag
   */
  static String ofElng(Box elng, String otherwise) {
    elng.body().skip(4);
    String tag = elng.body().string();
    if (!TAG.matcher(tag).matches()) {
      return otherwise;
    }
    int dash = tag.indexOf('-');
    String primary = dash < 0 ? tag : tag.substring(0, dash);
    return shorten(primary.toLowerCase(Locale.ROOT)) + (dash < 0 ? "" : tag.substring(dash));
  }

  private static String shorten(String code) {
    return SHORTEST.getOrDefault(code, code);
  }

  private static Map<String, String> shortest() {
    Map<String, String> map = new HashMap<>();
    for (String language : Locale.getISOLanguages()) {
      Locale locale = new Locale.Builder().setLanguage(language).build();
      map.put(locale.getISO3Language(), locale.getLanguage());
    }
    // ISO 639-2 bibliographic codes, which the JDK does not know.
    String bibliographic =
        "alb sq arm hy baq eu bur my chi zh cze cs dut nl fre fr geo ka ger de gre el ice is mac mk"
            + " mao mi may ms per fa rum ro slo sk tib bo wel cy";
    String[] words = bibliographic.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      map.put(words[i], words[i + 1]);
    }
    return Map.copyOf(map);
  }
}
