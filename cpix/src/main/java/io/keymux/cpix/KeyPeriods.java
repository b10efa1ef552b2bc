package io.keymux.cpix;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The key periods of a document, found by name, number or time. A period holds its start and not
 * its end; one without an end goes on for ever, and one without a start has always been.
 *
 * @see "DASH-IF CPIX, ContentKeyPeriod Element"
 */
public final class KeyPeriods {
  private final List<KeyPeriod> all;
  private final Map<Long, KeyPeriod> byIndex = new HashMap<>();
  private final List<PeriodSpan<Instant>> onClock;
  private final List<PeriodSpan<Duration>> inContent;

  private KeyPeriods(List<KeyPeriod> periods) {
    for (KeyPeriod period : periods) {
      KeyPeriod other = period.index() == null ? null : byIndex.put(period.index(), period);
      if (other != null) {
        throw UnresolvedKeyException.sameIndex(other, period);
      }
    }
    this.onClock =
        PeriodSpan.inOrder(
            periods.stream().map(PeriodSpan::onClock).filter(Objects::nonNull).toList());
    this.inContent =
        PeriodSpan.inOrder(
            periods.stream().map(PeriodSpan::inContent).filter(Objects::nonNull).toList());
    this.all =
        onClock.size() == periods.size()
            ? onClock.stream().map(PeriodSpan::period).toList()
            : inContent.size() == periods.size()
                ? inContent.stream().map(PeriodSpan::period).toList()
                : periods;
  }

  /**
   * @throws UnresolvedKeyException with code {@code overlapping-key-periods} if two periods hold
   *     the same time or have the same number, {@code invalid-key-period} if one ends before it
   *     starts
   */
  public static KeyPeriods of(CpixDocument document) {
    return new KeyPeriods(document.keyPeriods());
  }

  /**
   * By time if each has one, else as the document has them: numbers wrap, so they give no order.
   */
  public List<KeyPeriod> inOrder() {
    return all;
  }

  public Optional<KeyPeriod> byId(String id) {
    return id.isEmpty()
        ? Optional.empty()
        : all.stream().filter(period -> period.id().equals(id)).findFirst();
  }

  public Optional<KeyPeriod> byIndex(long index) {
    return Optional.ofNullable(byIndex.get(index));
  }

  /** The period that holds an instant. Periods without start and end hold none. */
  public Optional<KeyPeriod> at(Instant time) {
    return PeriodSpan.find(onClock, time);
  }

  /**
   * The period that holds a place in the content. Periods without offsets hold none.
   *
   * @param offset from the start of the content
   */
  public Optional<KeyPeriod> atOffset(Duration offset) {
    return PeriodSpan.find(inContent, offset);
  }
}
