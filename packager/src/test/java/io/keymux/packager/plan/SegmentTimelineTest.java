package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTimelineTest {

  @Test
  void of_inputsThatStartLate_areMovedBackTogether() {
    TrackSource video = FakeTrack.video(25, 300, 1, 50).firstDecodeTime(250).build();
    TrackSource audio = FakeTrack.audio(10).firstDecodeTime(504_000).build();

    List<SegmentTimeline> timelines = SegmentTimeline.of(6, List.of(video, audio));

    assertThat(timelines.get(0).decodeTimeShift()).isEqualTo(-250);
    assertThat(timelines.get(0).segments().get(0).start()).isZero();
    assertThat(timelines.get(0).segments().get(1).start()).isEqualTo(150);
    assertThat(timelines.get(1).decodeTimeShift()).isEqualTo(-480_000);
    assertThat(timelines.get(1).segments().get(0).start()).isEqualTo(24_000);
  }

  @Test
  void of_oneTrackStartsAtZero_movesNothing() {
    TrackSource video = FakeTrack.video(25, 300, 1, 50).build();
    TrackSource audio = FakeTrack.audio(10).firstDecodeTime(48_000).build();

    List<SegmentTimeline> timelines = SegmentTimeline.of(6, List.of(video, audio));

    assertThat(timelines).extracting(SegmentTimeline::decodeTimeShift).containsExactly(0L, 0L);
    assertThat(timelines.get(1).segments().get(0).start()).isEqualTo(48_000);
  }

  @Test
  void of_delay_goesIntoTheDecodeTimes() {
    TrackSource video = FakeTrack.video(25, 300, 1, 50).build();
    TrackSource audio = FakeTrack.audio(10).edit(24_000, 0, 0).build();

    SegmentTimeline timeline = SegmentTimeline.of(6, List.of(video, audio)).get(1);

    assertThat(timeline.decodeTimeShift()).isEqualTo(24_000);
    assertThat(timeline.segments().get(0).start()).isEqualTo(24_000);
  }

  @Test
  void of_reorderedPicturesAndALateStart_keepDecodeTimesAtOrAboveZero() {
    // Decode starts two frames before presentation: moving presentation to 0 would go below 0.
    TrackSource video =
        FakeTrack.video(25, 300, 1, 50)
            .compositionFrames(i -> 2)
            .edit(0, 2, 0)
            .firstDecodeTime(100)
            .build();

    SegmentTimeline timeline = SegmentTimeline.of(6, List.of(video)).get(0);

    assertThat(timeline.decodeTimeShift()).isEqualTo(-100);
    assertThat(timeline.segments().get(0).start()).isZero();
  }
}
