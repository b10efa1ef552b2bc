package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.RuleVerdict.Result;
import java.math.BigDecimal;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds single filters against one track, and each but once for all key periods. An absent maximum
 * is no bound: what CPIX names as its default, 2^32-1, is the largest number that the attribute can
 * hold.
 *
 * @see "DASH-IF CPIX, Usage rule filters"
 */
final class FilterMatch {
  private final Track track;
  private final Set<TrackProperty> unknown;
  private final ResolutionMode mode;
  private final PeriodContext period;
  private final Map<Filter, FilterCheck> done;

  private FilterMatch(
      Track track,
      Set<TrackProperty> unknown,
      ResolutionMode mode,
      PeriodContext period,
      Map<Filter, FilterCheck> done) {
    this.track = track;
    this.unknown = unknown;
    this.mode = mode;
    this.period = period;
    this.done = done;
  }

  FilterMatch(ResolutionContext context, ResolutionMode mode, PeriodContext period) {
    this(context.track(), context.unknown(), mode, period, new IdentityHashMap<>());
  }

  /** The same track in another period. */
  FilterMatch in(PeriodContext other) {
    return new FilterMatch(track, unknown, mode, other, done);
  }

  PeriodContext period() {
    return period;
  }

  FilterCheck check(Filter filter) {
    FilterCheck known = done.get(filter);
    if (known != null) {
      return known;
    }
    if (filter instanceof KeyPeriodFilter named) {
      return new FilterCheck(filter, period.result(named.periodId()), period.found());
    }
    FilterCheck check = anyPeriod(filter);
    done.put(filter, check);
    return check;
  }

  private FilterCheck anyPeriod(Filter filter) {
    if (filter instanceof VideoFilter video) {
      return video(video);
    }
    if (filter instanceof AudioFilter audio) {
      return audio(audio);
    }
    if (filter instanceof BitrateFilter bitrate) {
      if (mode == ResolutionMode.SPEKE_LAST_RULE) {
        return of(filter, true, "SPEKE ignores the bit rate");
      }
      boolean bounded = bitrate.minBitrate() != null || bitrate.maxBitrate() != null;
      return lacks(TrackProperty.BITRATE, bounded)
          ? unusable(filter, TrackProperty.BITRATE)
          : of(
              filter,
              within(track.bitrate(), bitrate.minBitrate(), bitrate.maxBitrate()),
              "track has " + track.bitrate() + " bit/s");
    }
    LabelFilter label = (LabelFilter) filter;
    return lacks(TrackProperty.LABELS, true)
        ? unusable(filter, TrackProperty.LABELS)
        : of(
            filter,
            track.labels().contains(label.label()),
            "track has the labels " + new TreeSet<>(track.labels()));
  }

  private FilterCheck video(VideoFilter filter) {
    if (track.type() != TrackType.VIDEO) {
      return of(filter, false, trackIs());
    }
    Long minFps = filter.minFps();
    Long maxFps = filter.maxFps();
    Boolean hdr = filter.hdr();
    Boolean wcg = mode == ResolutionMode.SPEKE_LAST_RULE ? null : filter.wcg();
    if (lacks(TrackProperty.PIXELS, filter.minPixels() != null || filter.maxPixels() != null)) {
      return unusable(filter, TrackProperty.PIXELS);
    }
    if (lacks(TrackProperty.FRAME_RATE, minFps != null || maxFps != null)) {
      return unusable(filter, TrackProperty.FRAME_RATE);
    }
    if (lacks(TrackProperty.HDR, hdr != null)) {
      return unusable(filter, TrackProperty.HDR);
    }
    if (lacks(TrackProperty.WCG, wcg != null)) {
      return unusable(filter, TrackProperty.WCG);
    }
    if (!within(track.pixels(), filter.minPixels(), filter.maxPixels())) {
      return of(filter, false, "track has " + track.pixels() + " pixels");
    }
    double fps = track.frameRate();
    if ((minFps != null && fps <= minFps) || (maxFps != null && fps > maxFps)) {
      return of(filter, false, "track has " + decimal(fps) + " fps");
    }
    if (hdr != null && hdr != track.hdr()) {
      return of(filter, false, "track has hdr=" + track.hdr());
    }
    if (wcg != null && wcg != track.wcg()) {
      return of(filter, false, "track has wcg=" + track.wcg());
    }
    return of(
        filter,
        true,
        filter.minPixels() == null && filter.maxPixels() == null
            ? trackIs()
            : "track has " + track.pixels() + " pixels");
  }

  private FilterCheck audio(AudioFilter filter) {
    if (track.type() != TrackType.AUDIO) {
      return of(filter, false, trackIs());
    }
    if (lacks(TrackProperty.CHANNELS, !filter.isAny())) {
      return unusable(filter, TrackProperty.CHANNELS);
    }
    return of(
        filter,
        within(track.channels(), filter.minChannels(), filter.maxChannels()),
        "track has " + track.channels() + " channels");
  }

  private boolean lacks(TrackProperty property, boolean lookedAt) {
    return lookedAt && unknown.contains(property);
  }

  private String trackIs() {
    return "track is " + track.type().name().toLowerCase(Locale.ROOT);
  }

  private static FilterCheck of(Filter filter, boolean matches, String found) {
    return new FilterCheck(filter, matches ? Result.MATCHED : Result.FAILED, found);
  }

  private static FilterCheck unusable(Filter filter, TrackProperty property) {
    return new FilterCheck(
        filter, Result.UNUSABLE, "the " + property.text() + " of the track is not known");
  }

  private static boolean within(long value, @Nullable Number min, @Nullable Number max) {
    return (min == null || value >= min.longValue()) && (max == null || value <= max.longValue());
  }

  /** All digits: a rate just above a bound must not read as if it were on it. */
  private static String decimal(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
