package io.keymux.api.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A satisfiable range of a file.
 *
 * @param first byte, at least 0
 * @param last byte, inclusive
 * @see "RFC 9110, 14.1.2 Byte Ranges"
 */
record ByteRangeRequest(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  long length() {
    return last - first + 1;
  }

  /** What a {@code Range} header means for a file. */
  sealed interface Outcome {
    /** Send everything: no range, several ranges, or one that is not understood. */
    record Whole() implements Outcome {}

    /** Answer 416. */
    record Unsatisfiable() implements Outcome {}

    /** Answer 206. */
    record Part(ByteRangeRequest range) implements Outcome {}
  }

  static Outcome parse(Optional<String> header, long size) {
    Matcher m = SINGLE.matcher(header.orElse(""));
    if (!m.matches() || (m.group(1).isEmpty() && m.group(2).isEmpty())) {
      return new Outcome.Whole();
    }
    if (m.group(1).isEmpty()) {
      long suffix = Math.min(Long.parseLong(m.group(2)), size);
      return suffix == 0
          ? new Outcome.Unsatisfiable()
          : new Outcome.Part(new ByteRangeRequest(size - suffix, size - 1));
    }
    long first = Long.parseLong(m.group(1));
    long last = m.group(2).isEmpty() ? size - 1 : Long.parseLong(m.group(2));
    if (!m.group(2).isEmpty() && last < first) {
      return new Outcome.Whole();
    }
    return first >= size
        ? new Outcome.Unsatisfiable()
        : new Outcome.Part(new ByteRangeRequest(first, Math.min(last, size - 1)));
  }
}
