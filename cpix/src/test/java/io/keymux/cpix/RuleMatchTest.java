package io.keymux.cpix;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMatchTest {
  private static final KeyId KID = KeyId.parse("00000000-0000-8000-8000-000000000001");
  private static final Track VIDEO = Tracks.video("v", 1280, 720);
  private static final Track AUDIO = Tracks.audio("a", 2, 128_000);

  @ParameterizedTest
  @CsvSource({
    "921600, , true",
    "921601, , false",
    ", 921600, true",
    ", 921599, false",
    "921600, 921600, true",
    "0, 4294967295, true",
    "2, 1, false"
  })
  void pixels_bothBounds_areInclusive(Long min, Long max, boolean matches) {
    assertThat(matches(VIDEO, VideoFilter.pixels(min, max))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "25, , 25, false",
    "24, , 25, true",
    "25, , 25.001, true",
    ", 25, 25, true",
    ", 25, 25.001, false",
    ", 24, 25, false",
    "29, 30, 29.97, true",
    "30, 60, 29.97, false"
  })
  void fps_min_isExclusiveAndMaxInclusive(Long min, Long max, double fps, boolean matches) {
    Track track = Tracks.video("v", 16, 16, fps, false, false);
    assertThat(matches(track, new VideoFilter(null, null, min, max, null, null)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "true, , true, false, true",
    "true, , false, true, false",
    "false, , true, true, false",
    "false, , false, true, true",
    ", true, false, true, true",
    ", true, true, false, false",
    ", false, true, false, true",
    ", , true, true, true"
  })
  void hdrAndWcg_ifGiven_areEqual(
      Boolean wantHdr, Boolean wantWcg, boolean hdr, boolean wcg, boolean matches) {
    Track track = Tracks.video("v", 16, 16, 25, hdr, wcg);
    assertThat(matches(track, new VideoFilter(null, null, null, null, wantHdr, wantWcg)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"2, , true", "3, , false", ", 2, true", ", 1, false", "2, 2, true", ", , true"})
  void channels_bothBounds_areInclusive(Integer min, Integer max, boolean matches) {
    assertThat(matches(AUDIO, new AudioFilter(min, max))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"128000, , true", "128001, , false", ", 128000, true", ", 127999, false"})
  void bitrate_bothBounds_areInclusive(Long min, Long max, boolean matches) {
    assertThat(matches(AUDIO, new BitrateFilter(min, max))).isEqualTo(matches);
  }

  @Test
  void bareFilters_matchTheirKindOnly() {
    assertThat(matches(VIDEO, VideoFilter.ANY)).isTrue();
    assertThat(matches(AUDIO, VideoFilter.ANY)).isFalse();
    assertThat(matches(AUDIO, AudioFilter.ANY)).isTrue();
    assertThat(matches(VIDEO, AudioFilter.ANY)).isFalse();
  }

  @Test
  void label_isExact() {
    Track track = Tracks.video("v", 16, 16, "HD");
    assertThat(matches(track, new LabelFilter("HD"))).isTrue();
    assertThat(matches(track, new LabelFilter("v"))).isTrue();
    assertThat(matches(track, new LabelFilter("hd"))).isFalse();
    assertThat(matches(track, new LabelFilter("HD "))).isFalse();
  }

  @Test
  void filters_ofOneKind_areAlternatives() {
    assertThat(matches(VIDEO, VideoFilter.pixels(null, 1L), VideoFilter.pixels(2L, null))).isTrue();
    assertThat(matches(VIDEO, VideoFilter.pixels(null, 1L), VideoFilter.pixels(null, 2L)))
        .isFalse();
    assertThat(matches(VIDEO, new LabelFilter("x"), new LabelFilter("v"))).isTrue();
  }

  @Test
  void filters_ofDifferentKinds_mustAllMatch() {
    assertThat(matches(VIDEO, VideoFilter.ANY, new LabelFilter("v"))).isTrue();
    assertThat(matches(VIDEO, VideoFilter.ANY, new LabelFilter("x"))).isFalse();
    assertThat(matches(VIDEO, VideoFilter.ANY, AudioFilter.ANY)).isFalse();
    assertThat(matches(VIDEO, new KeyPeriodFilter("p"), VideoFilter.ANY)).isTrue();
    assertThat(matches(VIDEO, new KeyPeriodFilter("p"), AudioFilter.ANY)).isFalse();
    assertThat(matches(VIDEO, new KeyPeriodFilter("q"), VideoFilter.ANY)).isFalse();
  }

  @Test
  void noFilters_matchEverything() {
    assertThat(matches(VIDEO)).isTrue();
    assertThat(matches(AUDIO)).isTrue();
  }

  @Test
  void sharedRule_isVideoOrAudioInBareFormOnly() {
    List<Filter> bare = List.of(VideoFilter.ANY, AudioFilter.ANY);
    assertThat(shared("ALL", VIDEO, bare)).isTrue();
    assertThat(shared("ALL", AUDIO, bare)).isTrue();
    assertThat(shared("all", VIDEO, bare)).isFalse();
    assertThat(shared("", AUDIO, bare)).isFalse();
    assertThat(shared("ALL", VIDEO, List.of(VideoFilter.pixels(1L, null), AudioFilter.ANY)))
        .isFalse();
    assertThat(shared("ALL", VIDEO, List.of(VideoFilter.ANY, VideoFilter.ANY, AudioFilter.ANY)))
        .isFalse();
    assertThat(
            shared("ALL", VIDEO, List.of(VideoFilter.ANY, AudioFilter.ANY, new LabelFilter("x"))))
        .isFalse();
    assertThat(
            shared(
                "ALL", AUDIO, List.of(VideoFilter.ANY, AudioFilter.ANY, new KeyPeriodFilter("p"))))
        .isTrue();
  }

  private static boolean shared(String type, Track track, List<Filter> filters) {
    return RuleMatch.verdict(
            1,
            new UsageRule(KID, type, filters),
            new FilterMatch(
                ResolutionContext.of(track),
                ResolutionMode.CPIX,
                PeriodContext.of(new KeyPeriod("p", null, null, null))))
        .matched();
  }

  private static boolean matches(Track track, Filter... filters) {
    return shared("", track, List.of(filters));
  }
}
