package io.keymux.cpix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrackKeysTest {
  private static final Track SD = Tracks.video("sd", 1024, 576);
  private static final Track HD = Tracks.video("hd", 1280, 720);
  private static final Track AUDIO = Tracks.audio("audio", 2, 128_000);
  private static final Track TEXT = Tracks.text("text");

  @Test
  void resolve_rules_giveEachTrackItsKeyAndSayWhy() {
    UsageRule sd = new UsageRule(kid(1), "SD", List.of(VideoFilter.pixels(null, 589_824L)));
    UsageRule hd =
        new UsageRule(
            kid(2), "HD", List.of(new LabelFilter("hd"), VideoFilter.pixels(589_825L, null)));
    UsageRule audio = new UsageRule(kid(3), "", List.of(AudioFilter.ANY));
    TrackKeys keys =
        TrackKeys.resolve(
            document(List.of(1, 2, 3), sd, hd, audio), List.of(SD, HD, AUDIO, TEXT), Set.of());
    assertThat(keys.assignments())
        .extracting(
            TrackKeys.Assignment::track,
            TrackKeys.Assignment::key,
            TrackKeys.Assignment::rule,
            TrackKeys.Assignment::why)
        .containsExactly(
            tuple(
                SD,
                key(1),
                sd,
                "Usage rule 1 (SD) matches by VideoFilter maxPixels=589824 (track has 589824"
                    + " pixels)."),
            tuple(
                HD,
                key(2),
                hd,
                "Usage rule 2 (HD) matches by LabelFilter label=\"hd\" and VideoFilter"
                    + " minPixels=589825 (track has 921600 pixels)."),
            tuple(AUDIO, key(3), audio, "Usage rule 3 matches by AudioFilter."),
            tuple(TEXT, null, null, "Text tracks stay clear."));
    assertThat(keys.assignments().get(1).resolution())
        .isEqualTo(
            UsageRuleResolver.of(document(List.of(1, 2, 3), sd, hd, audio))
                .resolve(ResolutionContext.of(HD)));
    assertThat(keys.assignments().get(3).resolution()).isNull();
    assertThat(keys.of(HD)).contains(keys.assignments().get(1));
    assertThat(keys.of(TEXT)).get().extracting(TrackKeys.Assignment::clear).isEqualTo(true);
    assertThat(keys.of(Tracks.text("other"))).isEmpty();
  }

  @Test
  void resolve_severalRulesOfOneKey_areNotAmbiguous() {
    UsageRule first = new UsageRule(kid(1), "", List.of(VideoFilter.ANY));
    TrackKeys keys =
        TrackKeys.resolve(
            document(
                List.of(1, 2), first, new UsageRule(kid(1), "", List.of(new LabelFilter("hd")))),
            List.of(HD),
            Set.of());
    assertThat(keys.assignments().get(0).rule()).isEqualTo(first);
  }

  @Test
  void resolve_rulesOfTwoKeys_areAmbiguousEvenWithoutValues() {
    CpixDocument document =
        document(
            List.of(),
            new UsageRule(kid(1), "", List.of(VideoFilter.pixels(1L, null))),
            new UsageRule(kid(2), "", List.of(VideoFilter.pixels(null, 921_600L))));
    UnresolvedKeyException e = failure(document, HD);
    assertThat(e.code()).isEqualTo("ambiguous-usage-rules");
    assertThat(e)
        .hasMessageContaining("hd (1280x720")
        .hasMessageContaining("2 content keys: [" + kid(1) + ", " + kid(2) + "]");
  }

  @Test
  void resolve_noMatch_mustBeNamedClear() {
    CpixDocument document =
        document(List.of(1), new UsageRule(kid(1), "", List.of(VideoFilter.ANY)));
    assertThat(failure(document, AUDIO).code()).isEqualTo("no-usage-rule");
    assertThat(TrackKeys.resolve(document, List.of(HD, AUDIO), Set.of("audio")).assignments())
        .extracting(TrackKeys.Assignment::clear)
        .containsExactly(false, true);
  }

  @Test
  void resolve_clearTrack_staysClearThoughARuleMatches() {
    CpixDocument document = document(List.of(1), new UsageRule(kid(1), "", List.of()));
    assertThat(TrackKeys.resolve(document, List.of(HD, AUDIO), Set.of("hd")).assignments())
        .extracting(TrackKeys.Assignment::clear)
        .containsExactly(true, false);
  }

  @Test
  void resolve_clearTrackThatIsNone_isRefused() {
    assertThatThrownBy(
            () -> TrackKeys.resolve(document(List.of(1)), List.of(HD), Set.of("audio-en")))
        .asInstanceOf(type(UnresolvedKeyException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo("unknown-clear-track"))
        .extracting(DrmException::problem)
        .isEqualTo("clearTracks lists \"audio-en\", but the tracks are [hd].");
  }

  @Test
  void resolve_unusableRule_forbidsAllMapping() {
    CpixDocument document =
        document(
            List.of(1, 2),
            new UsageRule(kid(1), "", List.of(VideoFilter.ANY)),
            new UsageRule(kid(2), "X", List.of(AudioFilter.ANY), false));
    UnresolvedKeyException e = failure(document, HD);
    assertThat(e.code()).isEqualTo("unusable-usage-rule");
    assertThat(e).hasMessageContaining("Usage rule 2 (X) for KID " + kid(2));
  }

  @Test
  void resolve_unusableRule_isRefusedThoughNoTrackNeedsAKey() {
    CpixDocument document =
        document(List.of(1), new UsageRule(kid(1), "", List.of(VideoFilter.ANY), false));
    assertThat(failure(document, TEXT).code()).isEqualTo("unusable-usage-rule");
  }

  @Test
  void resolve_filterOfAnUnknownFrameRate_isRefused() {
    Track still = Tracks.video("still", 16, 16, 0, false, false);
    VideoFilter slow = new VideoFilter(null, null, null, 30L, null, null);
    UnresolvedKeyException e =
        failure(document(List.of(1), new UsageRule(kid(1), "", List.of(slow))), still);
    assertThat(e.code()).isEqualTo("unusable-usage-rule");
    assertThat(e.problem())
        .contains("still (16x16")
        .contains("VideoFilter maxFps=30: the frame rate of the track is not known");
  }

  @Test
  void resolve_noRulesAndOneKey_isForEveryTrack() {
    assertThat(
            TrackKeys.resolve(document(List.of(1)), List.of(HD, AUDIO, TEXT), Set.of())
                .assignments())
        .extracting(TrackKeys.Assignment::key)
        .containsExactly(key(1), key(1), null);
  }

  @Test
  void resolve_noRulesAndNotOneKey_isRefused() {
    assertThat(failure(document(List.of()), HD).code()).isEqualTo("no-usage-rule");
    assertThat(failure(document(List.of(1, 2)), HD).code()).isEqualTo("no-usage-rule");
    assertThat(failure(document(List.of(1, 2)), HD)).hasMessageContaining("2 content keys");
  }

  @Test
  void resolve_keyThatIsOnlyAskedFor_isRefused() {
    List<RequestedKey> requested = List.of(new RequestedKey(kid(1), null, null));
    UsageRule rule = new UsageRule(kid(1), "", List.of());
    for (List<UsageRule> rules : List.of(List.of(rule), List.<UsageRule>of())) {
      CpixDocument document =
          new CpixDocument(null, null, List.of(), requested, List.of(), List.of(), rules);
      assertThat(failure(document, HD).code()).isEqualTo("key-without-value");
    }
  }

  @Test
  void resolve_sharedRule_isForVideoAndAudio() {
    UsageRule all = new UsageRule(kid(1), "ALL", List.of(VideoFilter.ANY, AudioFilter.ANY));
    assertThat(
            TrackKeys.resolve(document(List.of(1), all), List.of(HD, AUDIO), Set.of())
                .assignments())
        .extracting(TrackKeys.Assignment::why)
        .containsExactly(
            "Usage rule 1 (ALL) matches by VideoFilter.",
            "Usage rule 1 (ALL) matches by AudioFilter.");
  }

  @Test
  void resolve_onePeriod_matches() {
    assertThat(TrackKeys.resolve(periods("p1"), List.of(HD), Set.of()).assignments().get(0).key())
        .isEqualTo(key(1));
  }

  @Test
  void resolve_severalPeriods_areUnsupportedRotation() {
    UnresolvedKeyException e = failure(periods("p1", "p2"), HD);
    assertThat(e.code()).isEqualTo("key-rotation-unsupported");
    assertThat(e.blame()).isEqualTo(Blame.UNSUPPORTED);
  }

  @Test
  void resolve_severalPeriodsThatNoRuleNames_areNoMatter() {
    CpixDocument document = periods("p1", "p2");
    CpixDocument without =
        new CpixDocument(
            null,
            null,
            document.contentKeys(),
            List.of(),
            List.of(),
            document.keyPeriods(),
            List.of(new UsageRule(kid(1), "", List.of())));
    assertThat(TrackKeys.resolve(without, List.of(HD), Set.of()).assignments().get(0).key())
        .isEqualTo(key(1));
  }

  @Test
  void resolve_periodThatIsNotDefined_isRefused() {
    assertThat(failure(periods(), HD).code()).isEqualTo("unknown-key-period");
    assertThat(failure(periods("p2"), HD).code()).isEqualTo("unknown-key-period");
  }

  @Test
  void resolve_namedPeriod_takesItsKey() {
    CpixDocument document =
        new CpixDocument(
            null,
            null,
            List.of(key(1), key(2)),
            List.of(),
            List.of(),
            List.of(KeyPeriod.numbered(1), KeyPeriod.numbered(2)),
            List.of(
                new UsageRule(kid(1), "", List.of()).during(KeyPeriod.numbered(1)),
                new UsageRule(kid(2), "", List.of()).during(KeyPeriod.numbered(2))));
    for (KeyPeriodSelector second :
        List.of(new KeyPeriodSelector.ByIndex(2), new KeyPeriodSelector.ById("period-2"))) {
      TrackKeys.Assignment entry =
          TrackKeys.resolve(document, List.of(HD), Set.of(), second).assignments().get(0);
      assertThat(entry.key()).isEqualTo(key(2));
      assertThat(entry.why())
          .isEqualTo("Usage rule 2 matches by KeyPeriodFilter periodId=\"period-2\".");
    }
    UnresolvedKeyException e =
        catchThrowableOfType(
            UnresolvedKeyException.class,
            () ->
                TrackKeys.resolve(
                    document, List.of(HD), Set.of(), new KeyPeriodSelector.ByIndex(3)));
    assertThat(e.code()).isEqualTo("unknown-key-period");
  }

  private static CpixDocument periods(String... ids) {
    return new CpixDocument(
        null,
        null,
        List.of(key(1)),
        List.of(),
        List.of(),
        Stream.of(ids).map(id -> new KeyPeriod(id, null, null, null)).toList(),
        List.of(new UsageRule(kid(1), "", List.of(new KeyPeriodFilter("p1"), VideoFilter.ANY))));
  }

  private static UnresolvedKeyException failure(CpixDocument document, Track track) {
    return catchThrowableOfType(
        UnresolvedKeyException.class, () -> TrackKeys.resolve(document, List.of(track), Set.of()));
  }

  private static CpixDocument document(List<Integer> keys, UsageRule... rules) {
    return CpixDocument.ofKeys("c", keys.stream().map(TrackKeysTest::key).toList(), List.of(rules));
  }

  private static KeyId kid(int number) {
    return KeyId.parse("%032x".formatted(number));
  }

  private static ContentKey key(int number) {
    return new ContentKey(kid(number), SecretBytes.copyOf(kid(number).toBytes()), null, null);
  }
}
