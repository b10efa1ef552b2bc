package io.keymux.packager.verify.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attribute list of a tag; quotes are removed.
 *
 * @see "RFC 8216, 4.2 Attribute Lists"
 */
public record HlsAttributes(Map<String, String> values) {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s*([A-Z0-9-]+)=(?:\"([^\"]*)\"|([^,]*))(?:,|$)");

  public static HlsAttributes of(String line) {
    Map<String, String> values = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(line);
    matcher.region(line.indexOf(':') + 1, line.length());
    while (matcher.lookingAt()) {
      String quoted = matcher.group(2);
      values.put(matcher.group(1), quoted == null ? matcher.group(3).strip() : quoted);
      matcher.region(matcher.end(), line.length());
    }
    return new HlsAttributes(values);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** Empty if absent. */
  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** {@code absent} if it is absent or not a whole number. */
  public long number(String name, long absent) {
    String text = text(name);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : absent;
  }
}
