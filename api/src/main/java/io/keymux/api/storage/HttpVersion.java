package io.keymux.api.storage;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file on a web server as it was when it was first asked for.
 *
 * @param uri where redirects led
 * @param size in bytes
 * @param validator a strong ETag, else Last-Modified, else null
 * @see "RFC 9110, 13.1.5 If-Range"
 */
record HttpVersion(URI uri, long size, @Nullable String validator) {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final Pattern EMPTY = Pattern.compile("bytes \\*/0");

  /** Reads an answer with status 206, or 416 of an empty file. */
  static @Nullable HttpVersion of(URI uri, HttpPart answer) {
    String range = answer.header("content-range");
    if (answer.status() == 416) {
      return EMPTY.matcher(range).matches() ? new HttpVersion(uri, 0, null) : null;
    }
    Matcher parts = RANGE.matcher(range);
    return parts.matches()
        ? new HttpVersion(uri, Long.parseLong(parts.group(3)), validator(answer))
        : null;
  }

  private static @Nullable String validator(HttpPart answer) {
    String etag = answer.header("etag");
    String modified = answer.header("last-modified");
    return etag.startsWith("\"") ? etag : modified.isEmpty() ? null : modified;
  }

  /** Whether an answer is of the same version, as far as it says. */
  boolean isOf(HttpPart answer) {
    Matcher parts = RANGE.matcher(answer.header("content-range"));
    if (!parts.matches() || Long.parseLong(parts.group(3)) != size) {
      return false;
    }
    String now = validator(answer);
    return validator == null || now == null || validator.equals(now);
  }

  /** Whether an answer has these bytes. */
  static boolean hasRange(HttpPart answer, long from, long to) {
    Matcher parts = RANGE.matcher(answer.header("content-range"));
    return parts.matches()
        && Long.parseLong(parts.group(1)) == from
        && Long.parseLong(parts.group(2)) == to - 1;
  }
}
