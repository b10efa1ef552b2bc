package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.RuleVerdict.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one rule matches one track: filters of one kind are alternatives, and every kind
 * must match.
 *
 * @see "DASH-IF CPIX, Usage rules processing"
 */
final class RuleMatch {
  /** SPEKE's {@code intendedTrackType} of the rule whose key is shared by video and audio. */
  static final String SHARED_TRACK_TYPE = "ALL";

  private RuleMatch() {}

  /**
   * A filter that cannot be told makes the rule unusable even where another filter would keep the
   * track out anyway: CPIX asks for every filter to be processed.
   *
   * @param number of the rule, counted from 1
   */
  static RuleVerdict verdict(int number, UsageRule rule, FilterMatch track) {
    if (!rule.usable()) {
      return new RuleVerdict(number, rule, Result.UNUSABLE, List.of());
    }
    List<FilterCheck> checks = new ArrayList<>(rule.filters().size());
    boolean usable = true;
    for (Filter filter : rule.filters()) {
      FilterCheck check = track.check(filter);
      checks.add(check);
      usable &= check.result() != Result.UNUSABLE;
    }
    return usable
        ? verdict(number, rule, checks)
        : new RuleVerdict(
            number,
            rule,
            Result.UNUSABLE,
            checks.stream().filter(check -> check.result() == Result.UNUSABLE).toList());
  }

  private static RuleVerdict verdict(int number, UsageRule rule, List<FilterCheck> checks) {
    boolean shared = isShared(rule);
    Set<Class<?>> kinds = new HashSet<>();
    List<FilterCheck> matched = new ArrayList<>(checks.size());
    for (FilterCheck check : checks) {
      Class<?> kind = kind(check.filter(), shared);
      if (kinds.add(kind)) {
        FilterCheck match = firstMatch(checks, kind, shared);
        if (match == null) {
          return new RuleVerdict(number, rule, Result.FAILED, ofKind(checks, kind, shared));
        }
        matched.add(match);
      }
    }
    return new RuleVerdict(number, rule, Result.MATCHED, matched);
  }

  private static @Nullable FilterCheck firstMatch(
      List<FilterCheck> checks, Class<?> kind, boolean shared) {
    for (FilterCheck check : checks) {
      if (check.result() == Result.MATCHED && kind(check.filter(), shared) == kind) {
        return check;
      }
    }
    return null;
  }

  private static List<FilterCheck> ofKind(List<FilterCheck> checks, Class<?> kind, boolean shared) {
    return checks.stream().filter(check -> kind(check.filter(), shared) == kind).toList();
  }

  /** Filters of the same kind are alternatives; in a shared rule, video and audio are one kind. */
  private static Class<?> kind(Filter filter, boolean shared) {
    return shared && isMediaFilter(filter) ? Filter.class : filter.getClass();
  }

  /**
   * SPEKE's shared key. By plain CPIX a video filter and an audio filter in one rule exclude each
   * other, so the rule would match nothing.
   *
   * @see "AWS, SPEKE v2 encryption contract"
   */
  private static boolean isShared(UsageRule rule) {
    return rule.intendedTrackType().equals(SHARED_TRACK_TYPE)
        && rule.filters().stream().filter(RuleMatch::isMediaFilter).toList().size() == 2
        && rule.filters().stream().anyMatch(f -> f instanceof VideoFilter video && video.isAny())
        && rule.filters().stream().anyMatch(f -> f instanceof AudioFilter audio && audio.isAny());
  }

  private static boolean isMediaFilter(Filter filter) {
    return filter instanceof VideoFilter || filter instanceof AudioFilter;
  }
}
