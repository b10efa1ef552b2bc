package io.keymux.packager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.keymux.cpix.Track;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrackNamerTest {
  private static final JobInput INPUT = JobInput.of(Path.of("a.mp4"));

  private final TrackNamer namer = new TrackNamer();

  @Test
  void name_video_tellsItsHeight() {
    assertThat(name(FakeTrack.video(25, 50, 1, 25).height(1080)).name()).isEqualTo("video-1080p");
  }

  @Test
  void name_audio_tellsLanguageAndChannels() {
    assertThat(name(FakeTrack.audio(1).language("pt-BR").channels(6)).name())
        .isEqualTo("audio-pt-BR-6ch");
    assertThat(name(FakeTrack.audio(1)).name()).isEqualTo("audio-2ch");
  }

  @Test
  void name_sameProperties_areNumbered() {
    assertThat(name(FakeTrack.audio(1)).name()).isEqualTo("audio-2ch");
    assertThat(name(FakeTrack.audio(1)).name()).isEqualTo("audio-2ch-2");
    assertThat(name(FakeTrack.audio(1)).name()).isEqualTo("audio-2ch-3");
  }

  @Test
  void name_inputWithLabelAndLanguage_takesBoth() {
    Track track =
        namer.name(
            new JobInput(Path.of("a.mp4"), "commentary", "de", Selection.NONE, PlaybackPolicy.NONE),
            FakeTrack.audio(1).language("en").media(),
            FakeTrack.audio(1).codec());

    assertThat(track.name()).isEqualTo("audio-de-2ch");
    assertThat(track.language()).isEqualTo("de");
    assertThat(track.labels()).containsExactlyInAnyOrder("audio-de-2ch", "commentary");
  }

  @Test
  void name_bitrate_isBytesOverTime() {
    // 50 samples of 1000 bytes in 2 s.
    assertThat(name(FakeTrack.video(25, 50, 1, 25)).bitrate()).isEqualTo(200_000);
    assertThat(name(FakeTrack.video(25, 1, 1, 1).duration(i -> 0)).bitrate()).isZero();
  }

  @Test
  void name_longLastFrame_doesNotBendTheFrameRate() {
    Track track =
        name(FakeTrack.video(24_000, 480, 1_001, 48).duration(i -> i == 479 ? 3_000 : 1_001));

    assertThat(track.frameRate()).isCloseTo(24_000.0 / 1_001, within(1e-9));
  }

  @Test
  void name_roundedDurations_giveTheTrueFrameRate() {
    Track track =
        name(
            FakeTrack.video(1_000, 300, 33, 30)
                .duration(i -> (int) ((i + 1) * 1001L / 30 - i * 1001L / 30)));

    assertThat(track.frameRate()).isCloseTo(30_000.0 / 1_001, within(0.01));
  }

  @Test
  void name_audio_hasNoFrameRate() {
    assertThat(name(FakeTrack.audio(1)).frameRate()).isZero();
  }

  private Track name(FakeTrack track) {
    return namer.name(INPUT, track.media(), track.codec());
  }
}
