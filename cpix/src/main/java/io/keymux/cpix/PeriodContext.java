package io.keymux.cpix;

import io.keymux.cpix.KeyPeriodSelector.AtOffset;
import io.keymux.cpix.KeyPeriodSelector.AtTime;
import io.keymux.cpix.KeyPeriodSelector.ById;
import io.keymux.cpix.KeyPeriodSelector.ByIndex;
import io.keymux.cpix.RuleVerdict.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key period that rules are asked about.
 *
 * @param period null if it is none, or not known which
 * @param possible ids of the periods that it might be, if it is not known
 * @param found the period in words, or why there is none
 */
record PeriodContext(@Nullable KeyPeriod period, Set<String> possible, String found) {
  static PeriodContext of(KeyPeriod period) {
    return new PeriodContext(period, Set.of(), "it is " + RuleText.of(period));
  }

  /**
   * @param selector null for the only period, if there is just one
   * @throws UnresolvedKeyException with code {@code unknown-key-period} if there is no period of
   *     that id or index, or as {@link KeyPeriods#of}
   */
  static PeriodContext of(CpixDocument document, @Nullable KeyPeriodSelector selector) {
    List<KeyPeriod> all = document.keyPeriods();
    if (selector == null) {
      return all.size() == 1
          ? of(all.get(0))
          : new PeriodContext(null, ids(all), "it is not said which key period is meant");
    }
    KeyPeriods periods = KeyPeriods.of(document);
    if (selector instanceof ById named) {
      return of(
          periods
              .byId(named.id())
              .orElseThrow(() -> UnresolvedKeyException.noPeriod("id \"" + named.id() + "\"")));
    }
    if (selector instanceof ByIndex numbered) {
      return of(
          periods
              .byIndex(numbered.index())
              .orElseThrow(() -> UnresolvedKeyException.noPeriod("index " + numbered.index())));
    }
    if (selector instanceof AtTime at) {
      return periods
          .at(at.time())
          .map(PeriodContext::of)
          .orElseGet(
              () ->
                  nowhere(
                      all, period -> period.start() == null && period.end() == null, at.time()));
    }
    Duration offset = ((AtOffset) selector).offset();
    return periods
        .atOffset(offset)
        .map(PeriodContext::of)
        .orElseGet(
            () ->
                nowhere(
                    all,
                    period -> period.startOffset() == null && period.endOffset() == null,
                    offset));
  }

  /** In no period that has a time. Any other might be the one. */
  private static PeriodContext nowhere(
      List<KeyPeriod> all, Predicate<KeyPeriod> timeless, Object time) {
    return new PeriodContext(
        null,
        ids(all.stream().filter(timeless).toList()),
        "no key period is known to hold " + time);
  }

  private static Set<String> ids(List<KeyPeriod> periods) {
    return periods.stream().map(KeyPeriod::id).collect(Collectors.toUnmodifiableSet());
  }

  Result result(String periodId) {
    if (period != null) {
      return period.id().equals(periodId) ? Result.MATCHED : Result.FAILED;
    }
    return possible.contains(periodId) ? Result.UNUSABLE : Result.FAILED;
  }
}
