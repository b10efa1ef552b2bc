package io.keymux.keyserver.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of a file with sections, as the AWS command line has them.
 *
 * @see "AWS SDKs and Tools Reference Guide, Shared config and credentials files"
 */
final class IniFile {
  private final Map<String, Map<String, String>> sections = new HashMap<>();

  /**
   * @param text lines that are neither sections nor settings are passed over, as are settings
   *     inside a setting, which are indented
   */
  IniFile(String text) {
    Map<String, String> section = new HashMap<>();
    for (String line : text.lines().toList()) {
      String plain = line.strip();
      if (plain.startsWith("#") || plain.startsWith(";")) {
        continue;
      }
      int end = plain.indexOf(']');
      int equals = plain.indexOf('=');
      if (plain.startsWith("[") && end > 0) {
        String name = plain.substring(1, end).strip().replaceAll("\\s+", " ");
        section = sections.computeIfAbsent(name, absent -> new HashMap<>());
      } else if (equals > 0 && !Character.isWhitespace(line.charAt(0))) {
        String name = plain.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        section.put(name, withoutComment(plain.substring(equals + 1)));
      }
    }
  }

  /** Empty if there is no such section. */
  Map<String, String> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  /** A comment after a value begins with a blank. */
  private static String withoutComment(String value) {
    return value.replaceFirst("\\s[#;].*", "").strip();
  }
}
