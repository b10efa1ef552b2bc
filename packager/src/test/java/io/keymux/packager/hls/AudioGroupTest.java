package io.keymux.packager.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.TestTracks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioGroupTest {
  @Test
  void of_noAudio_isEmpty() {
    assertThat(AudioGroup.of(List.of())).isEmpty();
  }

  @Test
  void of_twoLanguages_isOneGroup() {
    assertThat(groups("en mp4a.40.2 2", "de mp4a.40.2 2"))
        .containsExactly("audio-mp4a.40.2-2ch: en/mp4a.40.2/2 de/mp4a.40.2/2");
  }

  @Test
  void of_languageWithoutSurround_joinsTheSurroundGroupInStereo() {
    assertThat(groups("en mp4a.40.2 2", "de mp4a.40.2 2", "de ec-3 6"))
        .containsExactly(
            "audio-mp4a.40.2-2ch: en/mp4a.40.2/2 de/mp4a.40.2/2",
            "audio-ec-3-6ch: en/mp4a.40.2/2 de/ec-3/6");
  }

  @Test
  void of_groupsThatFillUpToTheSame_areOne() {
    assertThat(groups("en ec-3 6", "de mp4a.40.2 2"))
        .containsExactly("audio-ec-3-6ch: en/ec-3/6 de/mp4a.40.2/2");
  }

  @Test
  void of_twoQualitiesOfOneLanguage_areTwoGroups() {
    assertThat(groups("en mp4a.40.2 2", "en mp4a.40.2 2"))
        .containsExactly(
            "audio-mp4a.40.2-2ch: en/mp4a.40.2/2", "audio-mp4a.40.2-2ch-2: en/mp4a.40.2/2");
  }

  @Test
  void of_sameChannelsInTwoCodecs_areTwoGroups() {
    assertThat(groups("en mp4a.40.2 6", "en ac-3 6")).hasSize(2);
  }

  private static List<String> groups(String... tracks) {
    return AudioGroup.of(Arrays.stream(tracks).map(AudioGroupTest::track).toList()).stream()
        .map(AudioGroupTest::describe)
        .toList();
  }

  private static String describe(AudioGroup group) {
    List<String> members =
        group.renditions().stream()
            .map(PackagedTrack::track)
            .map(t -> t.language() + "/" + t.codecs() + "/" + t.channels())
            .toList();
    return group.id() + ": " + String.join(" ", members);
  }

  private static int count;

  private static PackagedTrack track(String description) {
    List<String> parts = List.of(description.split(" ", -1));
    return TestTracks.packagedAudio(
        TestTracks.audio(
            "audio-" + count++, parts.get(1), parts.get(0), Integer.parseInt(parts.get(2))),
        Layout.SEGMENTS,
        128_000,
        null);
  }
}
