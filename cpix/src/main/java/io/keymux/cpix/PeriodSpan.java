package io.keymux.cpix;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a key period lies on one time line, the clock's or the content's.
 *
 * @param start inclusive; null without one
 * @param end exclusive; null without one
 */
record PeriodSpan<T extends Comparable<T>>(KeyPeriod period, @Nullable T start, @Nullable T end) {
  PeriodSpan {
    if (start != null && end != null && end.compareTo(start) < 0) {
      throw UnresolvedKeyException.invalidPeriod(period, "ends at " + end + ", before " + start);
    }
  }

  /** On the clock, or null if the period has neither start nor end. */
  static @Nullable PeriodSpan<Instant> onClock(KeyPeriod period) {
    OffsetDateTime start = period.start();
    OffsetDateTime end = period.end();
    Duration duration = period.duration();
    try {
      if (start != null && end == null && duration != null) {
        end = start.plus(duration);
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw UnresolvedKeyException.invalidPeriod(period, "lasts " + duration);
    }
    return start == null && end == null
        ? null
        : new PeriodSpan<>(
            period, start == null ? null : start.toInstant(), end == null ? null : end.toInstant());
  }

  /** In the content, or null if the period has no offset. */
  static @Nullable PeriodSpan<Duration> inContent(KeyPeriod period) {
    Duration start = period.startOffset();
    Duration end = period.endOffset();
    Duration duration = period.duration();
    try {
      if (start != null && end == null && duration != null) {
        end = start.plus(duration);
      }
    } catch (ArithmeticException e) {
      throw UnresolvedKeyException.invalidPeriod(period, "lasts " + duration);
    }
    return start == null && end == null ? null : new PeriodSpan<>(period, start, end);
  }

  boolean holds(T time) {
    return (start == null || start.compareTo(time) <= 0)
        && (end == null || end.compareTo(time) > 0);
  }

  private boolean empty() {
    return start != null && end != null && start.compareTo(end) == 0;
  }

  /**
   * By their starts.
   *
   * @throws UnresolvedKeyException with code {@code overlapping-key-periods} if two hold the same
   *     time
   */
  static <T extends Comparable<T>> List<PeriodSpan<T>> inOrder(List<PeriodSpan<T>> spans) {
    List<PeriodSpan<T>> sorted = new ArrayList<>(spans);
    sorted.sort(
        Comparator.comparing(
            PeriodSpan::start, Comparator.nullsFirst(Comparator.<T>naturalOrder())));
    PeriodSpan<T> last = null;
    for (PeriodSpan<T> span : sorted) {
      if (span.empty()) {
        continue;
      }
      if (last != null && overlap(last, span)) {
        throw UnresolvedKeyException.overlap(last.period(), span.period());
      }
      last = span;
    }
    return sorted;
  }

  /** Of two spans in order. */
  private static <T extends Comparable<T>> boolean overlap(
      PeriodSpan<T> first, PeriodSpan<T> next) {
    return first.end == null || next.start == null || next.start.compareTo(first.end) < 0;
  }

  static <T extends Comparable<T>> Optional<KeyPeriod> find(List<PeriodSpan<T>> spans, T time) {
    return spans.stream().filter(span -> span.holds(time)).findFirst().map(PeriodSpan::period);
  }
}
