package io.keymux.packager.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagedTrackTest {
  @Test
  void durationMicros_thirdsOfASecond_addUpWithoutDrift() {
    PackagedTrack track = track(3, List.of(1L, 1L, 1L, 1L, 1L, 1L), 10, 10, 10, 10, 10, 10);

    assertThat(track.segments().stream().map(track::durationMicros))
        .containsExactly(333_333L, 333_334L, 333_333L, 333_333L, 333_334L, 333_333L);
  }

  @Test
  void micros_endOfADayAtTheHighestTimescale_doesNotOverflow() {
    PackagedTrack track = track(Integer.MAX_VALUE, List.of(1L), 1);

    assertThat(track.micros(86_400L * Integer.MAX_VALUE)).isEqualTo(86_400_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    // The short last segment has four times the rate, but counts only together with the one before.
    "100 100 100 40, 6 6 6 0.6, 6, 170",
    // Short segments count in runs of at least 3 s.
    "10 90 10 90 10, 1 1 1 1 1, 6, 507",
    // A run may not exceed 9 s; nothing reaches 3 s: the plain peak is given.
    "10 20, 1 1, 6, 160",
    "60, 6, 6, 80",
  })
  void peakBitrate_target_followsTheRfc(
      String sizes, String durations, long target, long expected) {
    List<Long> ticks = new ArrayList<>();
    for (String duration : durations.split(" ", -1)) {
      ticks.add(Math.round(Double.parseDouble(duration) * 10));
    }
    int[] bytes = List.of(sizes.split(" ", -1)).stream().mapToInt(Integer::parseInt).toArray();

    assertThat(track(10, ticks, bytes).peakBitrate(target)).isEqualTo(expected);
  }

  private static PackagedTrack track(int timescale, List<Long> durations, int... sizes) {
    List<Segment> segments = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < sizes.length; i++) {
      segments.add(
          new Segment(
              i + 1,
              "v/seg-" + (i + 1) + ".m4s",
              new ByteRange(0, sizes[i]),
              start,
              durations.get(i),
              null,
              List.of()));
      start += durations.get(i);
    }
    return new PackagedTrack(
        TestTracks.video("v", "avc1.64001f", 1280, 720, 25),
        TrackDetails.PLAIN,
        0,
        timescale,
        "v/init.mp4",
        new ByteRange(0, 1),
        null,
        segments);
  }
}
