package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether one rule matches one track. Key periods count as matching: the resolver has
 * checked before that there is just one.
 *
 * @see "DASH-IF CPIX, Usage rule filters"
 */
final class RuleMatch {
  /** SPEKE's {@code intendedTrackType} of the rule whose key is shared by video and audio. */
  static final String SHARED_TRACK_TYPE = "ALL";

  private RuleMatch() {}

  /**
   * The filters that let {@code track} in, one of each kind; empty if the rule has no filters.
   *
   * @return null if the rule does not match
   */
  static @Nullable List<Filter> filters(UsageRule rule, Track track) {
    Map<Class<?>, Boolean> kinds = new LinkedHashMap<>();
    List<Filter> matched = new ArrayList<>();
    boolean shared = isShared(rule);
    for (Filter filter : rule.filters()) {
      Class<?> kind = shared && isMediaFilter(filter) ? Filter.class : filter.getClass();
      boolean before = kinds.getOrDefault(kind, false);
      boolean now = matches(filter, track);
      kinds.put(kind, before || now);
      if (now && !before) {
        matched.add(filter);
      }
    }
    return kinds.containsValue(false) ? null : matched;
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

  private static boolean matches(Filter filter, Track track) {
    if (filter instanceof VideoFilter video) {
      return track.type() == TrackType.VIDEO && matches(video, track);
    }
    if (filter instanceof AudioFilter audio) {
      return track.type() == TrackType.AUDIO
          && atLeast(track.channels(), audio.minChannels())
          && atMost(track.channels(), audio.maxChannels());
    }
    if (filter instanceof BitrateFilter bitrate) {
      return atLeast(track.bitrate(), bitrate.minBitrate())
          && atMost(track.bitrate(), bitrate.maxBitrate());
    }
    if (filter instanceof LabelFilter label) {
      return track.labels().contains(label.label());
    }
    return filter instanceof KeyPeriodFilter;
  }

  private static boolean matches(VideoFilter filter, Track track) {
    Long minFps = filter.minFps();
    Long maxFps = filter.maxFps();
    Boolean hdr = filter.hdr();
    Boolean wcg = filter.wcg();
    return atLeast(track.pixels(), filter.minPixels())
        && atMost(track.pixels(), filter.maxPixels())
        && (minFps == null || track.frameRate() > minFps)
        && (maxFps == null || track.frameRate() <= maxFps)
        && (hdr == null || hdr == track.hdr())
        && (wcg == null || wcg == track.wcg());
  }

  private static boolean atLeast(long value, @Nullable Number min) {
    return min == null || value >= min.longValue();
  }

  private static boolean atMost(long value, @Nullable Number max) {
    return max == null || value <= max.longValue();
  }
}
