package io.keymux.cpix;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.RuleVerdict.Result;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bound just below, on and just above it. */
class FilterBoundsTest {
  private static final long MAX = 4_294_967_295L;

  /** {@code below}, {@code on} and {@code above}: whether the filter matches there. */
  @ParameterizedTest
  @CsvSource({
    "minPixels, 921600, false, true, true",
    "maxPixels, 921600, true, true, false",
    "minPixels, 1, false, true, true",
    "maxPixels, 0, , true, false",
    "minPixels, 0, , true, true",
    "minPixels, 4294967295, false, true, true",
    "maxPixels, 4294967295, true, true, false",
    "minFps, 30, false, false, true",
    "maxFps, 30, true, true, false",
    "minFps, 1, , false, true",
    "minChannels, 3, false, true, true",
    "maxChannels, 2, true, true, false",
    "minChannels, 0, , true, true",
    "maxChannels, 0, , true, false",
    "minBitrate, 128000, false, true, true",
    "maxBitrate, 128000, true, true, false",
    "minBitrate, 0, , true, true",
    "maxBitrate, 0, , true, false",
    "minBitrate, 4294967295, false, true, true",
    "maxBitrate, 4294967295, true, true, false"
  })
  void bound_belowOnAndAbove_isAsCpixSays(
      String bound, long at, @Nullable Boolean below, boolean on, boolean above) {
    if (below != null) {
      assertThat(matches(bound, at, at - 1)).as("%s=%d at %d", bound, at, at - 1).isEqualTo(below);
    }
    assertThat(matches(bound, at, at)).as("%s=%d at %d", bound, at, at).isEqualTo(on);
    assertThat(matches(bound, at, at + 1)).as("%s=%d at %d", bound, at, at + 1).isEqualTo(above);
  }

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "23.976023976023978, false",
    "24, false",
    "24.000000000000004, true",
    "29.97002997002997, true",
    "30, true",
    "30.000000000000004, false"
  })
  void fps_between24And30_isExclusiveBelowAndInclusiveAbove(double fps, boolean matches) {
    VideoFilter film = new VideoFilter(null, null, 24L, 30L, null, null);
    Track track = Tracks.video("v", 16, 16, fps, false, false);
    Result expected = matches ? Result.MATCHED : fps == 0 ? Result.UNUSABLE : Result.FAILED;
    assertThat(check(track, film).result()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "VIDEO, true, false, true",
    "AUDIO, false, true, true",
    "TEXT, false, false, true",
  })
  void emptyFilters_matchTheirKindOnly(
      TrackType type, boolean video, boolean audio, boolean bitrate) {
    Track track = track(type, MAX + 1, 0, 0, 0);
    assertThat(check(track, VideoFilter.ANY).result() == Result.MATCHED).isEqualTo(video);
    assertThat(check(track, AudioFilter.ANY).result() == Result.MATCHED).isEqualTo(audio);
    assertThat(check(track, new BitrateFilter(null, null)).result() == Result.MATCHED)
        .isEqualTo(bitrate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VIDEO | VideoFilter maxPixels=921600: track has 2073600 pixels",
        "VIDEO | VideoFilter minPixels=2073601: track has 2073600 pixels",
        "VIDEO | VideoFilter minFps=30: track has 29.97002997002997 fps",
        "VIDEO | VideoFilter maxFps=24: track has 29.97002997002997 fps",
        "VIDEO | VideoFilter hdr=true: track has hdr=false",
        "VIDEO | VideoFilter wcg=true: track has wcg=false",
        "VIDEO | AudioFilter: track is video",
        "AUDIO | VideoFilter hdr=true: track is audio",
        "AUDIO | AudioFilter minChannels=3: track has 2 channels",
        "AUDIO | BitrateFilter maxBitrate=64000: track has 128000 bit/s",
        "AUDIO | LabelFilter label=\"HD\": track has the labels [sd, t]",
        "TEXT | AudioFilter maxChannels=2: track is text"
      })
  void failedFilter_saysWhatItLookedAt(TrackType type, String expected) {
    Track track =
        new Track(
            "t",
            type,
            Set.of("t", "sd"),
            "und",
            "",
            128_000,
            type == TrackType.VIDEO ? 1920 : 0,
            type == TrackType.VIDEO ? 1080 : 0,
            type == TrackType.VIDEO ? 30_000 / 1001.0 : 0,
            false,
            false,
            type == TrackType.AUDIO ? 2 : 0,
            48_000);
    String written = expected.substring(0, expected.indexOf(':'));
    List<FilterCheck> failed =
        ALL.stream()
            .filter(filter -> RuleText.of(filter).equals(written))
            .map(filter -> check(track, filter))
            .toList();
    assertThat(failed).singleElement().extracting(FilterCheck::text).isEqualTo(expected);
    assertThat(failed.get(0).result()).isEqualTo(Result.FAILED);
  }

  private static final List<Filter> ALL =
      List.of(
          VideoFilter.pixels(null, 921_600L),
          VideoFilter.pixels(2_073_601L, null),
          new VideoFilter(null, null, 30L, null, null, null),
          new VideoFilter(null, null, null, 24L, null, null),
          new VideoFilter(null, null, null, null, true, null),
          new VideoFilter(null, null, null, null, null, true),
          AudioFilter.ANY,
          new AudioFilter(3, null),
          new AudioFilter(null, 2),
          new BitrateFilter(null, 64_000L),
          new LabelFilter("HD"));

  private static boolean matches(String bound, long limit, long value) {
    Filter filter =
        switch (bound) {
          case "minPixels" -> VideoFilter.pixels(limit, null);
          case "maxPixels" -> VideoFilter.pixels(null, limit);
          case "minFps" -> new VideoFilter(null, null, limit, null, null, null);
          case "maxFps" -> new VideoFilter(null, null, null, limit, null, null);
          case "minChannels" -> new AudioFilter((int) limit, null);
          case "maxChannels" -> new AudioFilter(null, (int) limit);
          case "minBitrate" -> new BitrateFilter(limit, null);
          default -> new BitrateFilter(null, limit);
        };
    Track track =
        filter instanceof VideoFilter
            ? track(TrackType.VIDEO, 1, value, (double) value, 0)
            : track(TrackType.AUDIO, value, 0, 0, (int) Math.min(value, 64));
    return check(track, filter).result() == Result.MATCHED;
  }

  /** Of any pixel count up to 2^33: two factors that fit in the track's sides. */
  private static Track track(TrackType type, long bitrate, long pixels, double fps, int channels) {
    int height = 1;
    while (pixels / height > Integer.MAX_VALUE || pixels % height != 0) {
      height++;
    }
    return new Track(
        "t",
        type,
        Set.of("t"),
        "und",
        "",
        bitrate,
        (int) (pixels / height),
        height,
        fps,
        false,
        false,
        channels,
        0);
  }

  private static FilterCheck check(Track track, Filter filter) {
    return new FilterMatch(
            ResolutionContext.of(track),
            ResolutionMode.CPIX,
            new PeriodContext(null, Set.of(), "no period"))
        .check(filter);
  }
}
