package io.keymux.cpix.validation;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points in time and durations.
 *
 * @see "XML Schema Part 2, 3.2.6 duration and 3.2.7 dateTime"
 */
final class TimeText {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "-?(?:[1-9][0-9]{3,}|0[0-9]{3})-(?<month>[0-9]{2})-(?<day>[0-9]{2})"
              + "T(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?<fraction>\\.[0-9]+)?"
              + "(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?");
  private static final Pattern DURATION =
      Pattern.compile(
          "(?<sign>-?)P(?=[0-9T])(?:(?<years>[0-9]+)Y)?(?:(?<months>[0-9]+)M)?(?:(?<days>[0-9]+)D)?"
              + "(?:T(?=[0-9])(?:(?<hours>[0-9]+)H)?(?:(?<minutes>[0-9]+)M)?"
              + "(?:(?<seconds>[0-9]+(?:\\.[0-9]+)?)S)?)?");

  /** More digits say nothing about media and take BigDecimal seconds. */
  private static final int MAX_CHARS = 100;

  private TimeText() {}

  static ValueType.@Nullable Fault dateTimeFault(String text) {
    return isDateTime(text)
        ? null
        : new ValueType.Fault(
            CpixRule.INVALID_DATE_TIME,
            "The value is not a date and time.",
            "Write it as 2030-01-31T23:59:59Z.");
  }

  static ValueType.@Nullable Fault durationFault(String text) {
    return DURATION.matcher(text).matches()
        ? null
        : new ValueType.Fault(
            CpixRule.INVALID_DURATION, "The value is not a duration.", "Write it as PT1H30M.");
  }

  private static boolean isDateTime(String text) {
    Matcher matcher = DATE_TIME.matcher(text);
    if (!matcher.matches() || text.startsWith("0000") || text.startsWith("-0000")) {
      return false;
    }
    String time = matcher.group("time");
    String fraction = matcher.group("fraction");
    String zone = matcher.group("zone");
    boolean midnight = time.equals("24:00:00") && (fraction == null || fraction.matches("\\.0+"));
    try {
      // The year says only whether there is a 29 February, which repeats every 400 years.
      int dash = text.indexOf('-', 1);
      int year = 2000 + Integer.parseInt(text.substring(Math.max(0, dash - 4), dash)) % 400;
      String end = (midnight ? "00:00:00" : time) + (zone == null ? "Z" : zone);
      OffsetDateTime.parse(year + text.substring(dash, dash + 6) + "T" + end);
      return zone == null || zone.equals("Z") || zone.substring(1).compareTo("14:00") <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The point in time, in UTC if it names no zone; null for years that Java does not parse. */
  static @Nullable OffsetDateTime point(String text) {
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              ValueType.collapse(text), OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime zoned
          ? zoned
          : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The duration in seconds, or null if it is none, or has years or months, which vary. */
  static @Nullable BigDecimal seconds(String text) {
    Matcher matcher = DURATION.matcher(ValueType.collapse(text));
    if (text.length() > MAX_CHARS
        || !matcher.matches()
        || matcher.group("years") != null
        || matcher.group("months") != null) {
      return null;
    }
    BigDecimal seconds =
        part(matcher, "days", 86_400)
            .add(part(matcher, "hours", 3_600))
            .add(part(matcher, "minutes", 60))
            .add(part(matcher, "seconds", 1));
    return matcher.group("sign").isEmpty() ? seconds : seconds.negate();
  }

  private static BigDecimal part(Matcher matcher, String name, int seconds) {
    String text = matcher.group(name);
    return text == null
        ? BigDecimal.ZERO
        : new BigDecimal(text).multiply(BigDecimal.valueOf(seconds));
  }
}
