package io.keymux.cpix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRuleTest {
  private static final Track HD = Tracks.video("video-720p", 1280, 720, "good");
  private static final Track UHD = Tracks.video("video-2160p", 3840, 2160, "best");
  private static final Track TWIN = Tracks.video("video-720p-b", 1280, 720, "good");
  private static final Track STEREO = Tracks.audio("audio-en", 2, 128_000, "good");
  private static final Track TEXT = Tracks.text("text");
  private static final List<Track> ALL = List.of(HD, UHD, TWIN, STEREO, TEXT);

  @ParameterizedTest
  @MethodSource("all")
  void ofId_id_isInverse(KeyRule rule) {
    assertThat(KeyRule.ofId(rule.id())).isEqualTo(rule);
  }

  @Test
  void id_isAsDocumented() {
    assertThat(KeyRule.constants())
        .extracting(KeyRule::id)
        .containsExactly("preset0", "preset1", "per-type", "labels");
    assertThat(all().map(KeyRule::id).distinct()).hasSize(4 + 9 * 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PRESET0",
        "speke",
        "speke:",
        "speke:VIDEO_3",
        "speke:AUDIO_2+VIDEO_3",
        "speke:VIDEO_0+AUDIO_1",
        "speke:VIDEO_9+AUDIO_1",
        "speke:VIDEO_1+AUDIO_4",
        "speke:video_1+audio_1",
        "speke:UNENCRYPTED+UNENCRYPTED",
        "speke:SHARED+AUDIO_1",
        "speke:SHARED+UNENCRYPTED",
        "speke:VIDEO_1+AUDIO_1 ",
      })
  void ofId_anythingElse_isRefused(String id) {
    assertFailure(() -> KeyRule.ofId(id), "unknown-key-rule");
  }

  /** Every rule that there is. */
  static Stream<KeyRule> all() {
    List<String> video = new ArrayList<>(List.of("UNENCRYPTED"));
    List<String> audio = new ArrayList<>(List.of("UNENCRYPTED"));
    IntStream.rangeClosed(1, 8).forEach(number -> video.add("VIDEO_" + number));
    IntStream.rangeClosed(1, 3).forEach(number -> audio.add("AUDIO_" + number));
    Stream<KeyRule> pairs =
        video.stream()
            .flatMap(first -> audio.stream().map(second -> first + "+" + second))
            .filter(pair -> !pair.equals("UNENCRYPTED+UNENCRYPTED"))
            .map(pair -> KeyRule.ofId("speke:" + pair));
    return Stream.of(KeyRule.constants().stream(), pairs, Stream.of(KeyRule.ofId("speke:SHARED")))
        .flatMap(rules -> rules);
  }

  @Test
  void rules_preset0_isOneSharedRule() {
    assertThat(KeyRule.PRESET0.rules("c", ALL))
        .containsExactly(
            new UsageRule(
                NamedKeyId.of("c", "ALL", null), "ALL", List.of(VideoFilter.ANY, AudioFilter.ANY)));
    assertThat(KeyRule.PRESET0.rules("c", List.of(HD, UHD)))
        .containsExactly(rule("VIDEO", VideoFilter.ANY));
    assertThat(KeyRule.PRESET0.rules("c", List.of(TEXT, STEREO)))
        .containsExactly(rule("AUDIO", AudioFilter.ANY));
  }

  @Test
  void rules_preset1_isOneRulePerTrack() {
    assertThat(KeyRule.PRESET1.rules("c", ALL))
        .containsExactly(
            rule(
                "video-720p",
                new LabelFilter("video-720p"),
                VideoFilter.pixels(921_600L, 921_600L)),
            rule(
                "video-2160p",
                new LabelFilter("video-2160p"),
                VideoFilter.pixels(8_294_400L, 8_294_400L)),
            rule(
                "video-720p-b",
                new LabelFilter("video-720p-b"),
                VideoFilter.pixels(921_600L, 921_600L)),
            rule("audio-en", new LabelFilter("audio-en"), new AudioFilter(2, 2)));
  }

  @Test
  void rules_perType_isOneRulePerKind() {
    assertThat(KeyRule.PER_TYPE.rules("c", ALL))
        .containsExactly(rule("VIDEO", VideoFilter.ANY), rule("AUDIO", AudioFilter.ANY));
  }

  @Test
  void rules_labels_isOneRulePerLabel() {
    assertThat(KeyRule.LABELS.rules("c", ALL))
        .containsExactly(
            rule("good", new LabelFilter("good")),
            rule("best", new LabelFilter("best"), VideoFilter.ANY));
  }

  @Test
  void rules_labels_mustBeExactlyOne() {
    assertFailure(
        () -> KeyRule.LABELS.rules("c", List.of(HD, Tracks.video("x", 16, 16))),
        "track-without-label");
    assertFailure(
        () -> KeyRule.LABELS.rules("c", List.of(Tracks.video("x", 16, 16, "b", "a"))),
        "track-with-several-labels");
  }

  @ParameterizedTest
  @MethodSource("all")
  void rules_resolveBackToTheTracks(KeyRule keyRule) {
    List<UsageRule> rules = keyRule.rules("c", ALL);
    List<ContentKey> keys =
        rules.stream()
            .map(
                rule ->
                    new ContentKey(
                        rule.keyId(), SecretBytes.copyOf(rule.keyId().toBytes()), null, null))
            .toList();
    TrackKeys resolved =
        TrackKeys.resolve(CpixDocument.ofKeys("c", keys, rules), ALL, Set.of(), keyRule, null);
    long used =
        resolved.assignments().stream()
            .filter(entry -> !entry.clear())
            .map(entry -> String.valueOf(entry.rule()))
            .distinct()
            .count();
    // A contract is asked for as a whole, and only some of its rules have tracks here.
    assertThat(used).isBetween(1L, (long) rules.size());
    assertThat(used == rules.size() || keyRule.id().startsWith("speke:")).isTrue();
    assertThat(resolved.assignments())
        .filteredOn(TrackKeys.Assignment::clear)
        .extracting(TrackKeys.Assignment::track)
        .containsExactlyElementsOf(
            ALL.stream()
                .filter(track -> track.equals(TEXT) || keyRule.leavesClear(track))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void rules_noMedia_isRefused(KeyRule keyRule) {
    assertFailure(() -> keyRule.rules("c", List.of(TEXT)), "no-track-to-encrypt");
    assertFailure(() -> keyRule.rules("c", List.of()), "no-track-to-encrypt");
  }

  @ParameterizedTest
  @CsvSource({
    "speke:UNENCRYPTED+AUDIO_1, video-720p, Key rule speke:UNENCRYPTED+AUDIO_1 leaves video"
        + " unencrypted.",
    "speke:VIDEO_2+UNENCRYPTED, audio-en, Key rule speke:VIDEO_2+UNENCRYPTED leaves audio"
        + " unencrypted.",
  })
  void leavesClear_unencrypted_saysWhyAndRefusesAJobOfNothingElse(
      String id, String clear, String why) {
    KeyRule rule = KeyRule.ofId(id);
    List<Track> tracks = List.of(HD, STEREO);
    CpixDocument document = CpixDocument.ofKeys("c", List.of(), List.of());
    Track track =
        tracks.stream().filter(each -> each.name().equals(clear)).findFirst().orElseThrow();
    assertThat(TrackKeys.resolve(document, List.of(track), Set.of(), rule, null).assignments())
        .singleElement()
        .matches(TrackKeys.Assignment::clear)
        .extracting(TrackKeys.Assignment::why)
        .isEqualTo(why);
    assertFailure(() -> rule.rules("c", List.of(track, TEXT)), "no-track-to-encrypt");
    assertThat(rule.rules("c", tracks)).isNotEmpty();
  }

  @Test
  void rules_contract_isWholeWhateverTracksThereAre() {
    KeyRule rule = KeyRule.ofId("speke:VIDEO_5+AUDIO_3");
    assertThat(rule.rules("c", List.of(HD)))
        .isEqualTo(rule.rules("c", ALL))
        .extracting(UsageRule::intendedTrackType)
        .containsExactly(
            "SD",
            "HD1",
            "HD2",
            "UHD1",
            "UHD2",
            "STEREO_AUDIO",
            "MULTICHANNEL_AUDIO_3_6",
            "MULTICHANNEL_AUDIO_7");
    assertThat(KeyRule.ofId("speke:SHARED").rules("c", List.of(HD)))
        .containsExactly(rule("ALL", VideoFilter.ANY, AudioFilter.ANY));
  }

  @Test
  void namedKeyId_isStableAndVersion8() {
    KeyId keyId = NamedKeyId.of("asset-1", "ALL", null);
    // Computed with Python: hashlib.sha256(b"keymux/kid/1" + len + contentId + len + trackType).
    assertThat(keyId).hasToString("95e76442-1c9a-8d46-adaf-91b652b47a1e");
    assertThat(keyId.uuid().version()).isEqualTo(8);
    assertThat(keyId.uuid().variant()).isEqualTo(2);
  }

  @Test
  void namedKeyId_partsAreKeptApart() {
    assertThat(
            List.of(
                NamedKeyId.of("a", "bc", null),
                NamedKeyId.of("ab", "c", null),
                NamedKeyId.of("abc", "", null),
                NamedKeyId.of("", "abc", null)))
        .doesNotHaveDuplicates();
  }

  @Test
  void namedKeyId_period_isAThirdPart() {
    // As above, with the length 8 and the index in 8 bytes after it.
    assertThat(NamedKeyId.of("asset-1", "ALL", 2L))
        .hasToString("dcf83d11-23a4-8962-bc85-9d44be3fc35d");
    assertThat(
            Stream.of(null, 0L, 1L, 2L, 4_294_967_295L)
                .map(index -> NamedKeyId.of("asset-1", "ALL", index)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void rules_period_differInTheKeyIdAlone(KeyRule keyRule) {
    List<UsageRule> always = keyRule.rules("c", ALL);
    List<UsageRule> first = keyRule.rules("c", ALL, KeyPeriod.numbered(1));
    List<UsageRule> second = keyRule.rules("c", ALL, KeyPeriod.numbered(2));
    assertThat(keyRule.rules("c", ALL, null)).isEqualTo(always);
    assertThat(keyRule.rules("c", ALL, KeyPeriod.numbered(2))).isEqualTo(second);
    assertThat(Stream.of(always, first, second).flatMap(List::stream).map(UsageRule::keyId))
        .doesNotHaveDuplicates();
    for (int i = 0; i < always.size(); i++) {
      assertThat(first.get(i)).isEqualTo(always.get(i).withKeyId(first.get(i).keyId()));
      assertThat(second.get(i)).isEqualTo(always.get(i).withKeyId(second.get(i).keyId()));
    }
  }

  private static UsageRule rule(String trackType, Filter... filters) {
    return new UsageRule(NamedKeyId.of("c", trackType, null), trackType, List.of(filters));
  }

  private static void assertFailure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo(code);
  }
}
