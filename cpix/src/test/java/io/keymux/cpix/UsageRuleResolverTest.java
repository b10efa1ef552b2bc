package io.keymux.cpix;

import static io.keymux.cpix.Rules.document;
import static io.keymux.cpix.Rules.key;
import static io.keymux.cpix.Rules.kid;
import static io.keymux.cpix.Rules.leaf;
import static io.keymux.cpix.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyPeriodSelector.ByIndex;
import io.keymux.cpix.KeyResolution.Outcome;
import io.keymux.cpix.RuleVerdict.Result;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UsageRuleResolverTest {
  private static final Track HD = Tracks.video("hd", 1920, 1080, "main");
  private static final Track AUDIO = Tracks.audio("audio", 2, 128_000);

  @Test
  void resolve_oneMatch_explainsEveryRule() {
    UsageRule sd = new UsageRule(kid(1), "SD", List.of(VideoFilter.pixels(null, 921_600L)));
    UsageRule hd =
        new UsageRule(
            kid(2), "HD", List.of(new LabelFilter("x"), new LabelFilter("main"), VideoFilter.ANY));
    UsageRule label =
        rule(3, new LabelFilter("a"), new LabelFilter("b"), VideoFilter.pixels(null, 1L));
    KeyResolution resolution = resolve(document(sd, hd, label, rule(2)), HD);
    assertThat(resolution.outcome()).isEqualTo(Outcome.KEY);
    assertThat(resolution.keyId()).contains(kid(2));
    assertThat(resolution.verdicts())
        .extracting(RuleVerdict::result)
        .containsExactly(Result.FAILED, Result.MATCHED, Result.FAILED, Result.MATCHED);
    assertThat(resolution.decision()).isSameAs(resolution.verdicts().get(1));
    assertThat(resolution.explain())
        .containsExactly(
            "hd (1920x1080, 25.000 fps, 3000000 bit/s): KID %s. Usage rule 2 (HD) matches by"
                    .formatted(kid(2))
                + " LabelFilter label=\"main\" and VideoFilter.",
            "Usage rule 1 (SD) does not match: VideoFilter maxPixels=921600: track has 2073600"
                + " pixels.",
            "Usage rule 3 does not match: LabelFilter label=\"a\": track has the labels [hd, main];"
                + " LabelFilter label=\"b\": track has the labels [hd, main].",
            "Usage rule 4 has no filters, so it matches every track. It names the same key.");
  }

  @Test
  void resolve_severalKeys_areAmbiguousInCpixAndTheLastInSpeke() {
    CpixDocument document =
        document(
            rule(1, VideoFilter.ANY),
            rule(2, VideoFilter.pixels(1L, null)),
            rule(1, new LabelFilter("main")),
            rule(3, AudioFilter.ANY));
    KeyResolution cpix = resolve(document, HD);
    assertThat(cpix.outcome()).isEqualTo(Outcome.AMBIGUOUS);
    assertThat(cpix.keyIds()).containsExactly(kid(1), kid(2));
    assertThat(cpix.keyId()).isEmpty();
    assertThat(cpix.decision()).isNull();
    assertThat(cpix.explain())
        .first()
        .asString()
        .endsWith(
            ": no key, as it is ambiguous. It matches usage rules of 2 content keys: %s, %s."
                .formatted(kid(1), kid(2)));
    assertThat(cpix.others()).hasSize(4);
    KeyResolution speke =
        UsageRuleResolver.of(document, ResolutionMode.SPEKE_LAST_RULE)
            .resolve(ResolutionContext.of(HD));
    assertThat(speke.keyId()).contains(kid(1));
    assertThat(speke.decision()).isSameAs(speke.verdicts().get(2));
    assertThat(speke.others())
        .containsExactly(
            "Usage rule 1 matches by VideoFilter. It names the same key.",
            "Usage rule 2 matches by VideoFilter minPixels=1 (track has 2073600 pixels). The last rule"
                + " that matches goes before it.",
            "Usage rule 4 does not match: AudioFilter: track is video.");
  }

  @Test
  void resolve_bitRateAndWideGamut_countInCpixAndArePassedOverInSpeke() {
    CpixDocument document =
        document(
            rule(1, new VideoFilter(null, null, null, null, null, !HD.wcg())),
            rule(2, AudioFilter.ANY),
            rule(1, VideoFilter.ANY, new BitrateFilter(HD.bitrate() + 1, null)));
    assertThat(resolve(document, HD).outcome()).isEqualTo(Outcome.NO_MATCH);
    KeyResolution speke =
        UsageRuleResolver.of(document, ResolutionMode.SPEKE_LAST_RULE)
            .resolve(ResolutionContext.of(HD));
    assertThat(speke.keyId()).contains(kid(1));
    assertThat(speke.verdicts())
        .extracting(RuleVerdict::matched)
        .containsExactly(true, false, true);
  }

  @Test
  void resolve_noMatch_isLegalAndExplained() {
    KeyResolution resolution = resolve(document(rule(1, AudioFilter.ANY)), HD);
    assertThat(resolution.outcome()).isEqualTo(Outcome.NO_MATCH);
    assertThat(resolution.explain())
        .containsExactly(
            HD.describe() + ": no key. It matches none of the 1 usage rules.",
            "Usage rule 1 does not match: AudioFilter: track is video.");
  }

  @Test
  void resolve_textTrack_isMatchedByRulesWithoutMedia() {
    Track text = Tracks.text("text");
    assertThat(resolve(document(rule(1)), text).keyId()).contains(kid(1));
    assertThat(resolve(document(rule(1, new LabelFilter("text"))), text).keyId()).contains(kid(1));
    assertThat(resolve(document(rule(1, new BitrateFilter(100L, 100L))), text).keyId())
        .contains(kid(1));
    UsageRule all = new UsageRule(kid(1), "ALL", List.of(VideoFilter.ANY, AudioFilter.ANY));
    KeyResolution shared = resolve(document(all), text);
    assertThat(shared.outcome()).isEqualTo(Outcome.NO_MATCH);
    assertThat(shared.others())
        .containsExactly(
            "Usage rule 1 (ALL) does not match: VideoFilter: track is text; AudioFilter: track is"
                + " text.");
  }

  @Test
  void resolve_ruleWithForeignFilter_forbidsAllMapping() {
    UsageRule foreign = new UsageRule(kid(2), "X", List.of(AudioFilter.ANY), false);
    KeyResolution resolution = resolve(document(rule(1, VideoFilter.ANY), foreign), HD);
    assertThat(resolution.outcome()).isEqualTo(Outcome.UNUSABLE);
    assertThat(resolution.keyIds()).isEmpty();
    assertThat(resolution.decision()).isSameAs(resolution.verdicts().get(1));
    assertThat(resolution.explain())
        .containsExactly(
            HD.describe()
                + ": no key, as the rules cannot be used. Usage rule 2 (X) holds a filter that"
                + " Keymux does not know. One such rule forbids all mapping.",
            "Usage rule 1 matches by VideoFilter.");
  }

  @ParameterizedTest
  @EnumSource(TrackProperty.class)
  void resolve_unknownProperty_forbidsMappingOnlyWhereAFilterLooksAtIt(TrackProperty unknown) {
    Track track = unknown == TrackProperty.CHANNELS ? AUDIO : HD;
    Filter looking =
        switch (unknown) {
          case PIXELS -> VideoFilter.pixels(null, 1L);
          case FRAME_RATE -> new VideoFilter(1L, 1L, 30L, null, null, null);
          case HDR -> new VideoFilter(null, null, null, null, false, null);
          case WCG -> new VideoFilter(null, null, null, null, null, false);
          case CHANNELS -> new AudioFilter(null, 2);
          case BITRATE -> new BitrateFilter(1L, null);
          case LABELS -> new LabelFilter("x");
        };
    ResolutionContext context = ResolutionContext.of(track).lacking(unknown);
    // The label keeps the track out of the rule, but the other filter still cannot be told.
    Filter out = unknown == TrackProperty.LABELS ? AudioFilter.ANY : new LabelFilter("none");
    KeyResolution resolution =
        UsageRuleResolver.of(document(rule(1), rule(1, out, looking))).resolve(context);
    assertThat(resolution.outcome()).isEqualTo(Outcome.UNUSABLE);
    assertThat(resolution.why())
        .isEqualTo(
            "Usage rule 2 cannot be used: %s: the %s of the track is not known. One such rule"
                    .formatted(RuleText.of(looking), unknown.text())
                + " forbids all mapping.");
    CpixDocument bare = document(rule(1, VideoFilter.ANY), rule(1, AudioFilter.ANY));
    assertThat(UsageRuleResolver.of(bare).resolve(context).keyId()).contains(kid(1));
    CpixDocument other =
        document(
            unknown == TrackProperty.CHANNELS
                ? rule(1, VideoFilter.pixels(1L, null))
                : rule(1, new AudioFilter(1, null)));
    assertThat(UsageRuleResolver.of(other).resolve(context).outcome()).isEqualTo(Outcome.NO_MATCH);
  }

  @Test
  void lacking_again_addsToWhatIsUnknown() {
    Track still = Tracks.video("still", 16, 16, 0, false, false);
    assertThat(
            ResolutionContext.of(still)
                .lacking(TrackProperty.HDR)
                .in(new ByIndex(1))
                .lacking(TrackProperty.WCG, TrackProperty.HDR))
        .isEqualTo(
            new ResolutionContext(
                still,
                Set.of(TrackProperty.FRAME_RATE, TrackProperty.HDR, TrackProperty.WCG),
                new ByIndex(1)));
  }

  @Test
  void resolve_leafKeys_comeWithTheirRoot() {
    CpixDocument document =
        document(List.of(key(9), leaf(1, 9)), List.of(), rule(1, VideoFilter.ANY));
    KeyResolution resolution = resolve(document, HD);
    assertThat(resolution.rootKeyId()).isEqualTo(kid(9));
    assertThat(resolution.explain().get(0))
        .contains("KID %s, a leaf of KID %s.".formatted(kid(1), kid(9)));
    assertThat(resolve(document, AUDIO).rootKeyId()).isNull();
    assertThat(resolve(document(rule(1)), HD).rootKeyId()).isNull();
  }

  @Test
  void of_ruleThatNamesARoot_isRefused() {
    for (List<ContentKey> keys : List.of(List.of(key(9), leaf(1, 9)), List.of(leaf(1, 9)))) {
      UnresolvedKeyException e =
          catchThrowableOfType(
              UnresolvedKeyException.class,
              () -> UsageRuleResolver.of(document(keys, List.of(), rule(1), rule(9))));
      assertThat(e.code()).isEqualTo("root-key-in-usage-rule");
      assertThat(e).hasMessageContaining("Usage rule 2 names KID " + kid(9));
    }
  }

  @Test
  void resolve_noRules_givesTheOnlyKeyThatIsNoRoot() {
    assertThat(resolve(document(List.of(key(1)), List.of()), HD).keyId()).contains(kid(1));
    KeyResolution leaf = resolve(document(List.of(key(9), leaf(1, 9)), List.of()), HD);
    assertThat(leaf.keyId()).contains(kid(1));
    assertThat(leaf.rootKeyId()).isEqualTo(kid(9));
    assertThat(leaf.decision()).isNull();
    KeyResolution two = resolve(document(List.of(key(1), key(2)), List.of()), HD);
    assertThat(two.outcome()).isEqualTo(Outcome.NO_MATCH);
    assertThat(two.explain())
        .containsExactly(
            HD.describe()
                + ": no key. The document has no usage rules, and only one with a single key can do"
                + " without.");
  }

  private static KeyResolution resolve(CpixDocument document, Track track) {
    return UsageRuleResolver.of(document).resolve(ResolutionContext.of(track));
  }
}
