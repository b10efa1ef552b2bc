package io.keymux.packager.verify.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the identifiers of a SegmentTemplate.
 *
 * @see "ISO/IEC 23009-1, 5.3.9.4.4 Template-based Segment URL construction"
 */
record UrlTemplate(String id, long bandwidth) {
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\$(?:(RepresentationID)|(Number|Time|Bandwidth)(?:%0(\\d{1,2})d)?|)\\$");

  /** Null if the pattern holds an identifier that is not known. */
  @Nullable String expand(String pattern, long number, long time) {
    StringBuilder url = new StringBuilder();
    Matcher matcher = IDENTIFIER.matcher(pattern);
    int from = 0;
    while (matcher.find()) {
      url.append(pattern, from, matcher.start());
      from = matcher.end();
      if (matcher.group(1) != null) {
        url.append(id);
      } else if (matcher.group(2) == null) {
        url.append("$");
      } else {
        long value =
            switch (matcher.group(2)) {
              case "Number" -> number;
              case "Time" -> time;
              default -> bandwidth;
            };
        int width = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        String digits = Long.toString(value);
        url.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
      }
    }
    String rest = pattern.substring(from);
    return rest.indexOf('$') >= 0 ? null : url.append(rest).toString();
  }
}
