package io.keymux.cpix;

import org.jspecify.annotations.Nullable;

/**
 * One condition of a {@link UsageRule}. An absent bound is null.
 *
 * @see "DASH-IF CPIX, Usage rule filters"
 */
public sealed interface Filter {

  /**
   * Matches video only.
   *
   * @param minPixels of width x height, inclusive
   * @param maxPixels inclusive
   * @param minFps <b>exclusive</b>
   * @param maxFps inclusive
   */
  record VideoFilter(
      @Nullable Long minPixels,
      @Nullable Long maxPixels,
      @Nullable Long minFps,
      @Nullable Long maxFps,
      @Nullable Boolean hdr,
      @Nullable Boolean wcg)
      implements Filter {
    public static final VideoFilter ANY = new VideoFilter(null, null, null, null, null, null);

    public static VideoFilter pixels(@Nullable Long min, @Nullable Long max) {
      return new VideoFilter(min, max, null, null, null, null);
    }

    /** Whether it takes all video. */
    public boolean isAny() {
      return minPixels == null
          && maxPixels == null
          && minFps == null
          && maxFps == null
          && hdr == null
          && wcg == null;
    }
  }

  /** Matches audio only. Both bounds are inclusive. */
  record AudioFilter(@Nullable Integer minChannels, @Nullable Integer maxChannels)
      implements Filter {
    public static final AudioFilter ANY = new AudioFilter(null, null);

    /** Whether it takes all audio. */
    public boolean isAny() {
      return minChannels == null && maxChannels == null;
    }
  }

  /** Bounds of the nominal bit rate in bit/s, both inclusive. */
  record BitrateFilter(@Nullable Long minBitrate, @Nullable Long maxBitrate) implements Filter {}

  /** Matches a track whose labels hold exactly this string. */
  record LabelFilter(String label) implements Filter {}

  /** Matches samples of one {@link KeyPeriod}. */
  record KeyPeriodFilter(String periodId) implements Filter {}
}
