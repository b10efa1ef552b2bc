package io.keymux.cpix;

import static io.keymux.cpix.Rules.kid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pair of SPEKE presets gives every track the key of its row.
 *
 * @see "AWS, SPEKE v2 encryption contract"
 */
class SpekePresetsTest {
  /**
   * One key of a preset.
   *
   * @param min pixels or channels; null for no bound
   */
  private record Row(String type, @Nullable Long min, @Nullable Long max) {}

  /** By number of the preset, from 1. */
  private static final List<List<Row>> VIDEO =
      List.of(
          List.of(new Row("VIDEO", null, null)),
          List.of(new Row("SD", null, 589824L), new Row("HD", 589825L, null)),
          List.of(
              new Row("SD", null, 589824L),
              new Row("HD", 589825L, 2073600L),
              new Row("UHD", 2073601L, null)),
          List.of(
              new Row("SD", null, 589824L),
              new Row("HD", 589825L, 2073600L),
              new Row("UHD1", 2073601L, 8847360L),
              new Row("UHD2", 8847361L, null)),
          List.of(
              new Row("SD", null, 589824L),
              new Row("HD1", 589825L, 921600L),
              new Row("HD2", 921601L, 2073600L),
              new Row("UHD1", 2073601L, 8847360L),
              new Row("UHD2", 8847361L, null)),
          List.of(
              new Row("SD", null, 589824L),
              new Row("HD1", 589825L, 921600L),
              new Row("HD2", 921601L, 2073600L),
              new Row("UHD", 2073601L, null)),
          List.of(
              new Row("SD+HD1", null, 921600L),
              new Row("HD2", 921601L, 2073600L),
              new Row("UHD", 2073601L, null)),
          List.of(
              new Row("SD+HD1", null, 921600L),
              new Row("HD2", 921601L, 2073600L),
              new Row("UHD1", 2073601L, 8847360L),
              new Row("UHD2", 8847361L, null)));

  /** By number of the preset, from 1. */
  private static final List<List<Row>> AUDIO =
      List.of(
          List.of(new Row("AUDIO", null, null)),
          List.of(new Row("STEREO_AUDIO", null, 2L), new Row("MULTICHANNEL_AUDIO", 3L, null)),
          List.of(
              new Row("STEREO_AUDIO", null, 2L),
              new Row("MULTICHANNEL_AUDIO_3_6", 3L, 6L),
              new Row("MULTICHANNEL_AUDIO_7", 7L, null)));

  @ParameterizedTest
  @CsvSource({
    // width, height, then the track type in the presets 1 to 8
    "    1,    1, VIDEO, SD, SD,  SD,   SD,   SD,  SD+HD1, SD+HD1",
    "  640,  360, VIDEO, SD, SD,  SD,   SD,   SD,  SD+HD1, SD+HD1",
    "  720,  576, VIDEO, SD, SD,  SD,   SD,   SD,  SD+HD1, SD+HD1",
    " 1023,  576, VIDEO, SD, SD,  SD,   SD,   SD,  SD+HD1, SD+HD1",
    " 1024,  576, VIDEO, SD, SD,  SD,   SD,   SD,  SD+HD1, SD+HD1",
    "  589825, 1, VIDEO, HD, HD,  HD,   HD1,  HD1, SD+HD1, SD+HD1",
    " 1025,  576, VIDEO, HD, HD,  HD,   HD1,  HD1, SD+HD1, SD+HD1",
    "  921599, 1, VIDEO, HD, HD,  HD,   HD1,  HD1, SD+HD1, SD+HD1",
    " 1280,  720, VIDEO, HD, HD,  HD,   HD1,  HD1, SD+HD1, SD+HD1",
    "  720, 1280, VIDEO, HD, HD,  HD,   HD1,  HD1, SD+HD1, SD+HD1",
    "  921601, 1, VIDEO, HD, HD,  HD,   HD2,  HD2, HD2,    HD2",
    " 1600,  900, VIDEO, HD, HD,  HD,   HD2,  HD2, HD2,    HD2",
    " 1920, 1080, VIDEO, HD, HD,  HD,   HD2,  HD2, HD2,    HD2",
    " 2073601, 1, VIDEO, HD, UHD, UHD1, UHD1, UHD, UHD,    UHD1",
    " 1920, 1088, VIDEO, HD, UHD, UHD1, UHD1, UHD, UHD,    UHD1",
    " 3840, 2160, VIDEO, HD, UHD, UHD1, UHD1, UHD, UHD,    UHD1",
    " 4096, 2160, VIDEO, HD, UHD, UHD1, UHD1, UHD, UHD,    UHD1",
    " 8847361, 1, VIDEO, HD, UHD, UHD2, UHD2, UHD, UHD,    UHD2",
    " 7680, 4320, VIDEO, HD, UHD, UHD2, UHD2, UHD, UHD,    UHD2"
  })
  void resolve_videoInEachPreset_hasTheKeyOfItsSize(
      int width,
      int height,
      String one,
      String two,
      String three,
      String four,
      String five,
      String six,
      String seven,
      String eight) {
    Track track = Tracks.video("v", width, height);
    List<String> expected = List.of(one, two, three, four, five, six, seven, eight);
    for (int video = 1; video <= VIDEO.size(); video++) {
      for (int audio = 1; audio <= AUDIO.size(); audio++) {
        assertThat(resolve(video, audio, track))
            .as("VIDEO_%d with AUDIO_%d", video, audio)
            .isEqualTo(expected.get(video - 1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, AUDIO, STEREO_AUDIO, STEREO_AUDIO",
    "2, AUDIO, STEREO_AUDIO, STEREO_AUDIO",
    "3, AUDIO, MULTICHANNEL_AUDIO, MULTICHANNEL_AUDIO_3_6",
    "5, AUDIO, MULTICHANNEL_AUDIO, MULTICHANNEL_AUDIO_3_6",
    "6, AUDIO, MULTICHANNEL_AUDIO, MULTICHANNEL_AUDIO_3_6",
    "7, AUDIO, MULTICHANNEL_AUDIO, MULTICHANNEL_AUDIO_7",
    "8, AUDIO, MULTICHANNEL_AUDIO, MULTICHANNEL_AUDIO_7",
    "64, AUDIO, MULTICHANNEL_AUDIO, MULTICHANNEL_AUDIO_7"
  })
  void resolve_audioInEachPreset_hasTheKeyOfItsChannels(
      int channels, String one, String two, String three) {
    Track track = Tracks.audio("a", channels, 128_000);
    List<String> expected = List.of(one, two, three);
    for (int video = 1; video <= VIDEO.size(); video++) {
      for (int audio = 1; audio <= AUDIO.size(); audio++) {
        assertThat(resolve(video, audio, track))
            .as("VIDEO_%d with AUDIO_%d", video, audio)
            .isEqualTo(expected.get(audio - 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 8})
  void resolve_sharedPreset_isForAllMediaAndNoText(int channels) {
    UsageRule all = new UsageRule(kid(1), "ALL", List.of(VideoFilter.ANY, AudioFilter.ANY));
    UsageRuleResolver resolver = UsageRuleResolver.of(Rules.document(all));
    assertThat(keyId(resolver, Tracks.audio("a", channels, 1))).isEqualTo(kid(1));
    assertThat(keyId(resolver, Tracks.video("v", 1000 * channels, 1000))).isEqualTo(kid(1));
    assertThat(resolver.resolve(ResolutionContext.of(Tracks.text("t"))).outcome())
        .isEqualTo(KeyResolution.Outcome.NO_MATCH);
  }

  /** The contracts that we ask for are those of the tables here, filter by filter. */
  @Test
  void rules_keyRuleOfAContract_areThoseOfItsTables() {
    List<Track> tracks = List.of(Tracks.video("v", 16, 16), Tracks.audio("a", 2, 1));
    for (int video = 0; video <= VIDEO.size(); video++) {
      for (int audio = 0; audio <= AUDIO.size(); audio++) {
        if (video + audio > 0) {
          String id =
              "speke:%s+%s"
                  .formatted(
                      video == 0 ? "UNENCRYPTED" : "VIDEO_" + video,
                      audio == 0 ? "UNENCRYPTED" : "AUDIO_" + audio);
          assertThat(KeyRule.ofId(id).rules("c", tracks))
              .as(id)
              .extracting(UsageRule::intendedTrackType, UsageRule::filters)
              .containsExactlyElementsOf(
                  table(video, audio).stream()
                      .map(rule -> tuple(rule.intendedTrackType(), rule.filters()))
                      .toList());
        }
      }
    }
  }

  /**
   * @param videoPreset 0 for none
   * @param audioPreset 0 for none
   */
  private static List<UsageRule> table(int videoPreset, int audioPreset) {
    List<UsageRule> rules = new ArrayList<>();
    for (Row row : videoPreset == 0 ? List.<Row>of() : VIDEO.get(videoPreset - 1)) {
      rules.add(rule(rules.size(), row.type, VideoFilter.pixels(row.min, row.max)));
    }
    for (Row row : audioPreset == 0 ? List.<Row>of() : AUDIO.get(audioPreset - 1)) {
      Filter filter = new AudioFilter(channels(row.min), channels(row.max));
      rules.add(rule(rules.size(), row.type, filter));
    }
    return rules;
  }

  /** The track type of the rule that gives the key; no more than one rule may match. */
  private static String resolve(int videoPreset, int audioPreset, Track track) {
    Map<KeyId, String> types = new HashMap<>();
    List<UsageRule> rules = table(videoPreset, audioPreset);
    rules.forEach(rule -> types.put(rule.keyId(), rule.intendedTrackType()));
    assertThat(types).hasSameSizeAs(rules);
    UsageRule[] all = rules.toArray(UsageRule[]::new);
    UsageRuleResolver cpix = UsageRuleResolver.of(Rules.document(all));
    UsageRuleResolver speke =
        UsageRuleResolver.of(Rules.document(all), ResolutionMode.SPEKE_LAST_RULE);
    KeyId keyId = keyId(cpix, track);
    assertThat(keyId(speke, track)).isEqualTo(keyId);
    return Objects.requireNonNull(types.get(keyId));
  }

  private static KeyId keyId(UsageRuleResolver resolver, Track track) {
    return resolver.resolve(ResolutionContext.of(track)).keyId().orElseThrow();
  }

  private static UsageRule rule(int number, String type, Filter filter) {
    return new UsageRule(kid(number), type, List.of(filter));
  }

  private static @Nullable Integer channels(@Nullable Long bound) {
    return bound == null ? null : bound.intValue();
  }
}
