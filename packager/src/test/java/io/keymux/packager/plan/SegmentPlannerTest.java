package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.keymux.packager.isobmff.SampleTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentPlannerTest {
  private static final Offset<Double> HALF_AUDIO_FRAME = within(512.001 / 48_000);

  /** Closed groups of 51 frames, decoded 0 2 1 4 3 ... and shown one frame later. */
  private static final int B_GOP = 51;

  @Test
  void plan_alignedRenditionsAndAudio_cutsAllAtTheSameTimes() {
    TrackSource low = FakeTrack.video(12_800, 750, 512, 50).build();
    TrackSource high = FakeTrack.video(90_000, 750, 3_600, 25).build();
    TrackSource audio = FakeTrack.audio(30).build();

    List<List<SegmentPlan>> plans = plan(6, low, high, audio);

    assertThat(starts(plans.get(0), low)).containsExactly(0.0, 6.0, 12.0, 18.0, 24.0);
    assertThat(starts(plans.get(1), high)).containsExactly(0.0, 6.0, 12.0, 18.0, 24.0);
    assertThat(starts(plans.get(2), audio)).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(starts(plans.get(2), audio).get(i)).isCloseTo(6.0 * i, HALF_AUDIO_FRAME);
    }
  }

  @Test
  void plan_syncSamplesMeetOnlyNowAndThen_cutsWhereTheyMeet() {
    TrackSource two = FakeTrack.video(25, 1500, 1, 50).build();
    TrackSource five = FakeTrack.video(25, 1500, 1, 125).build();

    List<List<SegmentPlan>> plans = plan(6, two, five);

    assertThat(starts(plans.get(0), two)).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
    assertThat(starts(plans.get(1), five)).isEqualTo(starts(plans.get(0), two));
  }

  @Test
  void plan_syncSamplesNeverMeet_makesOneSegmentOfManyFragments() {
    TrackSource even = FakeTrack.video(25, 500, 1, 50).size(i -> 100_000).build();
    TrackSource odd =
        FakeTrack.video(25, 500, 1, 50).sync(i -> i == 0 || i % 50 == 25).size(i -> 10).build();

    List<List<SegmentPlan>> plans = plan(6, even, odd);

    assertThat(plans.get(0)).hasSize(1);
    assertThat(plans.get(1)).hasSize(1);
    assertThat(plans.get(0).get(0).fragments()).hasSizeGreaterThan(10);
  }

  @Test
  void plan_syncsDifferByLessThanHalfAFrame_countAsTheSame() {
    // 24000/1001 fps in two timescales: the second rounds each frame's time.
    TrackSource exact = FakeTrack.video(24_000, 480, 1_001, 48).build();
    TrackSource rounded =
        FakeTrack.video(1_000, 480, 42, 48)
            .duration(i -> (int) (Math.round((i + 1) * 1001 / 24.0) - Math.round(i * 1001 / 24.0)))
            .build();

    List<List<SegmentPlan>> plans = plan(4, exact, rounded);

    assertThat(plans.get(0)).hasSize(5);
    assertThat(firsts(plans.get(1))).isEqualTo(firsts(plans.get(0)));
  }

  @Test
  void plan_audioOnly_cutsByTheClockAndJoinsAShortRest() {
    TrackSource audio = FakeTrack.audio(18.4).build();

    List<SegmentPlan> segments = plan(6, audio).get(0);

    assertThat(starts(segments, audio)).hasSize(3);
    assertThat(starts(segments, audio).get(1)).isCloseTo(6, HALF_AUDIO_FRAME);
    assertThat(starts(segments, audio).get(2)).isCloseTo(12, HALF_AUDIO_FRAME);
    assertThat(end(segments, audio)).isCloseTo(18.4, within(1024.0 / 48_000));
  }

  @Test
  void plan_bFrames_startsEachSegmentWithItsSyncSampleInPresentationTime() {
    TrackSource video =
        FakeTrack.video(25, B_GOP * 10, 1, B_GOP)
            .compositionFrames(SegmentPlannerTest::reordered)
            .edit(0, 1, 0)
            .build();

    List<SegmentPlan> segments = plan(6, video).get(0);

    assertThat(firsts(segments)).containsExactly(0, 153, 306, 459);
    assertThat(starts(segments, video)).containsExactly(0.0, 6.12, 12.24, 18.36);
    assertThat(end(segments, video)).isEqualTo(20.4);
  }

  @ParameterizedTest
  @CsvSource({
    // timescale, ticks, gop, wanted, first cut
    "25, 1, 50, 6, 6.0",
    "30000, 1001, 60, 6, 6.006",
    "25, 1, 100, 6, 8.0",
    "25, 1, 250, 6, 10.0",
    "25, 1, 25, 6.5, 7.0",
    // Up to half a frame earlier counts as at the time.
    "25, 1, 1, 0.51, 0.52",
    "25, 1, 1, 0.5, 0.48",
  })
  void plan_groupOfPictures_cutsAtTheFirstSyncAtOrAfterTheWantedTime(
      int timescale, int ticks, int gop, double wanted, double first) {
    TrackSource video = FakeTrack.video(timescale, 3_000, ticks, gop).build();

    assertThat(starts(plan(wanted, video).get(0), video).get(1)).isCloseTo(first, within(1e-9));
  }

  @Test
  void plan_delayedAudio_startsLaterAndCutsWithTheVideo() {
    TrackSource video = FakeTrack.video(25, 750, 1, 50).build();
    TrackSource audio = FakeTrack.audio(20).edit(7 * 48_000, 0, 0).build();

    List<SegmentPlan> segments = plan(6, video, audio).get(1);

    assertThat(starts(segments, audio).get(0)).isEqualTo(7);
    assertThat(starts(segments, audio).get(1)).isCloseTo(12, HALF_AUDIO_FRAME);
    assertThat(end(segments, audio)).isCloseTo(27, within(1024.0 / 48_000));
  }

  @Test
  void plan_primingIsCutByTheEditList_startsAtZero() {
    TrackSource audio = FakeTrack.audio(13).edit(0, 1024, 0).build();

    List<SegmentPlan> segments = plan(6, audio).get(0);

    assertThat(segments.get(0).start()).isZero();
    assertThat(segments.get(0).firstSample()).isZero();
    assertThat(end(segments, audio)).isCloseTo(13 - 1024.0 / 48_000, within(1024.0 / 48_000));
  }

  @Test
  void plan_editListShortensTheTrack_endsWhereItSays() {
    TrackSource video = FakeTrack.video(25, 500, 1, 50).edit(25, 0, 400).build();

    List<SegmentPlan> segments = plan(6, video).get(0);

    assertThat(starts(segments, video)).containsExactly(1.0, 7.0, 13.0);
    assertThat(end(segments, video)).isEqualTo(17);
    assertThat(segments.get(2).endSample()).isEqualTo(500);
  }

  @Test
  void plan_lastAudioFrameIsOnlyPadding_getsNoSegmentOfItsOwn() {
    // 25 x 1024 of padding behind 6 s that count, beside video that goes on.
    TrackSource video = FakeTrack.video(25, 300, 1, 50).build();
    TrackSource audio = FakeTrack.audio(6.6).edit(0, 0, 6 * 48_000).build();

    List<SegmentPlan> segments = plan(6, video, audio).get(1);

    assertThat(segments).hasSize(2);
    assertThat(segments.get(1).duration()).isPositive();
    assertThat(end(segments, audio)).isEqualTo(6);
  }

  @Test
  void plan_audioOutlastsTheVideo_cutsTheRestByTheClock() {
    TrackSource video = FakeTrack.video(25, 250, 1, 50).build();
    TrackSource audio = FakeTrack.audio(23).build();

    List<List<SegmentPlan>> plans = plan(6, video, audio);

    assertThat(starts(plans.get(0), video)).containsExactly(0.0, 6.0);
    assertThat(starts(plans.get(1), audio))
        .satisfiesExactly(
            t -> assertThat(t).isZero(),
            t -> assertThat(t).isCloseTo(6, HALF_AUDIO_FRAME),
            t -> assertThat(t).isCloseTo(12, HALF_AUDIO_FRAME),
            t -> assertThat(t).isCloseTo(18, HALF_AUDIO_FRAME));
  }

  @Test
  void plan_audioEndsFirst_hasFewerSegments() {
    TrackSource video = FakeTrack.video(25, 750, 1, 50).build();
    TrackSource audio = FakeTrack.audio(11).build();

    List<List<SegmentPlan>> plans = plan(6, video, audio);

    assertThat(plans.get(0)).hasSize(5);
    assertThat(plans.get(1)).hasSize(2);
  }

  @Test
  void plan_singleSample_isOneSegment() {
    TrackSource picture = FakeTrack.video(25, 1, 25, 1).build();
    TrackSource instant = FakeTrack.video(25, 1, 25, 1).duration(i -> 0).build();

    assertThat(plan(6, picture).get(0))
        .containsExactly(new SegmentPlan(0, 25, List.of(new FragmentPlan(0, 1, 1000))));
    assertThat(plan(6, instant).get(0))
        .containsExactly(new SegmentPlan(0, 1, List.of(new FragmentPlan(0, 1, 1000))));
  }

  @Test
  void plan_syncOnlyAtTheStart_isOneSegmentAndSoIsTheAudio() {
    TrackSource video = FakeTrack.video(25, 1500, 1, 1500).build();
    TrackSource audio = FakeTrack.audio(60).build();

    List<List<SegmentPlan>> plans = plan(6, video, audio);

    assertThat(plans.get(0)).hasSize(1);
    assertThat(plans.get(1)).hasSize(1);
  }

  /** Whatever the tracks are: every sample once, no gap, and each segment starts with a sync. */
  @RepeatedTest(60)
  void plan_anyTracks_coversEverySampleOnce(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<TrackSource> tracks = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int gop = 1 + random.nextInt(120);
      tracks.add(
          FakeTrack.video(1000 + random.nextInt(90_000), 1 + random.nextInt(900), 40, gop)
              .size(s -> 1 + (s * 7919 % 400_000))
              .compositionFrames(s -> s % gop == 0 ? 1 : s % 3)
              .edit(random.nextInt(3) * 100L, random.nextInt(3) * 40L, 0)
              .firstDecodeTime(random.nextInt(2) * 5_000L)
              .build());
    }
    if (random.nextBoolean()) {
      tracks.add(FakeTrack.audio(1 + random.nextInt(40)).edit(0, 1024, 0).build());
    }

    List<List<SegmentPlan>> plans = SegmentPlanner.plan(0.5 + random.nextInt(20) / 2.0, tracks);

    for (int t = 0; t < tracks.size(); t++) {
      SampleTable samples = tracks.get(t).media().samples();
      int sample = 0;
      long time = plans.get(t).get(0).start();
      assertThat(time).isNotNegative();
      for (SegmentPlan segment : plans.get(t)) {
        assertThat(samples.isSync(segment.firstSample())).isTrue();
        assertThat(segment.start()).isEqualTo(time);
        assertThat(segment.duration()).isPositive();
        time += segment.duration();
        for (FragmentPlan fragment : segment.fragments()) {
          assertThat(fragment.firstSample()).isEqualTo(sample);
          assertThat(fragment.samples()).isPositive();
          sample = fragment.endSample();
          long bytes =
              IntStream.range(fragment.firstSample(), sample).mapToLong(samples::size).sum();
          assertThat((long) fragment.bytes()).isEqualTo(bytes);
          assertThat(bytes <= SegmentPlanner.FRAGMENT_BYTES || fragment.samples() == 1).isTrue();
        }
      }
      assertThat(sample).isEqualTo(samples.count());
    }
  }

  private static int reordered(int sample) {
    int inGop = sample % B_GOP;
    return inGop == 0 ? 1 : inGop % 2 == 1 ? 2 : 0;
  }

  static List<List<SegmentPlan>> plan(double seconds, TrackSource... tracks) {
    return SegmentPlanner.plan(seconds, List.of(tracks));
  }

  private static List<Integer> firsts(List<SegmentPlan> segments) {
    return segments.stream().map(SegmentPlan::firstSample).toList();
  }

  private static List<Double> starts(List<SegmentPlan> segments, TrackSource track) {
    return segments.stream().map(s -> (double) s.start() / track.media().timescale()).toList();
  }

  private static double end(List<SegmentPlan> segments, TrackSource track) {
    SegmentPlan last = segments.get(segments.size() - 1);
    return (double) (last.start() + last.duration()) / track.media().timescale();
  }
}
