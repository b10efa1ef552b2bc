package io.keymux.keyserver.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Reads the pause that a server asks for: seconds, or a date that is taken relative to the answer's
 * own Date header, so that clocks need not agree.
 *
 * @see "RFC 9110, 10.2.3 Retry-After"
 */
final class RetryAfter {
  private static final Duration NONE = Duration.ZERO;

  private RetryAfter() {}

  /** Zero if there is no such header or it cannot be read; never negative. */
  static Duration of(HttpAnswer answer) {
    String value = answer.header("Retry-After").orElse("").trim();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant then = date(value);
      Instant now = date(answer.header("Date").orElse(""));
      return then.isAfter(now) ? Duration.between(now, then) : NONE;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private static Instant date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
