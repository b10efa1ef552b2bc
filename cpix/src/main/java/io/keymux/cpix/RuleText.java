package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Usage rules and filters in the words of the document, for people. */
final class RuleText {
  private RuleText() {}

  /**
   * @param number counted from 1 in document order
   * @return {@code Usage rule 2 (HD)}
   */
  static String name(int number, UsageRule rule) {
    String type = rule.intendedTrackType();
    return "Usage rule " + number + (type.isEmpty() ? "" : " (" + type + ")");
  }

  /** {@code VideoFilter minPixels=1 maxPixels=2}; a filter without bounds is its bare name. */
  static String of(Filter filter) {
    List<String> words = new ArrayList<>();
    words.add(filter.getClass().getSimpleName());
    if (filter instanceof VideoFilter video) {
      add(words, "minPixels", video.minPixels());
      add(words, "maxPixels", video.maxPixels());
      add(words, "minFps", video.minFps());
      add(words, "maxFps", video.maxFps());
      add(words, "hdr", video.hdr());
      add(words, "wcg", video.wcg());
    } else if (filter instanceof AudioFilter audio) {
      add(words, "minChannels", audio.minChannels());
      add(words, "maxChannels", audio.maxChannels());
    } else if (filter instanceof BitrateFilter bitrate) {
      add(words, "minBitrate", bitrate.minBitrate());
      add(words, "maxBitrate", bitrate.maxBitrate());
    } else if (filter instanceof LabelFilter label) {
      add(words, "label", "\"" + label.label() + "\"");
    } else if (filter instanceof KeyPeriodFilter period) {
      add(words, "periodId", "\"" + period.periodId() + "\"");
    }
    return String.join(" ", words);
  }

  /** {@code key period "p1"}; one without id by its index, label or start. */
  static String of(KeyPeriod period) {
    if (!period.id().isEmpty()) {
      return "key period \"" + period.id() + "\"";
    }
    if (period.index() != null) {
      return "key period number " + period.index();
    }
    if (period.label() != null) {
      return "key period labelled \"" + period.label() + "\"";
    }
    Object start = period.start() != null ? period.start() : period.startOffset();
    return start == null ? "a key period without a name" : "key period from " + start;
  }

  /** As {@link #of(KeyPeriod)}, and with its index: {@code key period "p1" (number 1)}. */
  static String numbered(KeyPeriod period) {
    String name = of(period);
    return period.index() == null || period.id().isEmpty()
        ? name
        : name + " (number " + period.index() + ")";
  }

  /** See {@link RuleVerdict#explain}. */
  static String of(RuleVerdict verdict) {
    String name = name(verdict.number(), verdict.rule());
    List<FilterCheck> checks = verdict.checks();
    return switch (verdict.result()) {
      case MATCHED ->
          name
              + (checks.isEmpty()
                  ? " has no filters, so it matches every track."
                  : " matches by " + join(checks, RuleText::matched, " and ") + ".");
      case FAILED -> name + " does not match: " + join(checks, FilterCheck::text, "; ") + ".";
      case UNUSABLE ->
          name
              + (checks.isEmpty()
                  ? " holds a filter that Keymux does not know."
                  : " cannot be used: " + join(checks, FilterCheck::text, "; ") + ".");
    };
  }

  /** A filter that let a track in, with the number of the track that it bounds. */
  private static String matched(FilterCheck check) {
    boolean bounds =
        check.filter() instanceof VideoFilter video
            ? video.minPixels() != null || video.maxPixels() != null
            : check.filter() instanceof AudioFilter audio && !audio.isAny();
    return of(check.filter()) + (bounds ? " (" + check.found() + ")" : "");
  }

  private static String join(
      List<FilterCheck> checks, Function<FilterCheck, String> text, String between) {
    return checks.stream().map(text).collect(Collectors.joining(between));
  }

  private static void add(List<String> words, String name, @Nullable Object value) {
    if (value != null) {
      words.add(name + "=" + value);
    }
  }
}
