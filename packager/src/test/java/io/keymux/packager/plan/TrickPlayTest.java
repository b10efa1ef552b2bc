package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.isobmff.SampleTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrickPlayTest {
  @Test
  void with_videoAndAudio_addsTheSyncSamplesOfTheVideo() {
    TrackSource video = FakeTrack.video(1000, 100, 40, 25).compositionFrames(i -> 2).build();
    TrackSource audio = FakeTrack.audio(4).build();

    List<TrackSource> all = TrickPlay.with(List.of(video, audio));

    assertThat(all).startsWith(video, audio).hasSize(3);
    TrackSource trick = all.get(2);
    assertThat(trick.track().name()).isEqualTo("video-trick");
    assertThat(trick.keyTrack()).isEqualTo(video.track());
    assertThat(trick.details().picturesOf()).isEqualTo(video.track());
    assertThat(trick.track().frameRate()).isEqualTo(1);
    SampleTable samples = trick.media().samples();
    assertThat(samples.count()).isEqualTo(samples.syncCount()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      SampleTable main = video.media().samples();
      assertThat(samples.offset(i)).isEqualTo(main.offset(25 * i));
      assertThat(samples.size(i)).isEqualTo(main.size(25 * i));
      assertThat(samples.presentationTime(i)).isEqualTo(main.presentationTime(25 * i));
      assertThat(samples.duration(i)).isEqualTo(1000);
    }
  }

  @Test
  void with_nothingButSyncSamples_addsNothing() {
    TrackSource video = FakeTrack.video(1000, 10, 40, 1).build();

    assertThat(TrickPlay.with(List.of(video))).containsExactly(video);
  }

  @Test
  void with_videoThatCannotBeDecodedFromItsStart_addsNothing() {
    TrackSource video = FakeTrack.video(1000, 10, 40, 5).sync(i -> i == 5).build();

    assertThat(TrickPlay.with(List.of(video))).containsExactly(video);
  }

  @Test
  void with_syncSamplesShownInAnotherOrder_addsNothing() {
    TrackSource video =
        FakeTrack.video(1000, 10, 40, 5).compositionFrames(i -> i == 0 ? 7 : 0).build();

    assertThat(TrickPlay.with(List.of(video))).containsExactly(video);
  }
}
