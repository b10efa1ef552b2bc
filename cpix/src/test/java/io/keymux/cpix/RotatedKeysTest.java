package io.keymux.cpix;

import static io.keymux.cpix.Rules.document;
import static io.keymux.cpix.Rules.key;
import static io.keymux.cpix.Rules.kid;
import static io.keymux.cpix.Rules.leaf;
import static io.keymux.cpix.Rules.numbered;
import static io.keymux.cpix.Rules.rule;
import static io.keymux.cpix.Rules.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.RotatedKeys.PeriodKey;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotatedKeysTest {
  private static final Track HD = Tracks.video("hd", 1920, 1080);
  private static final Track AUDIO = Tracks.audio("audio", 2, 128_000);
  private static final Track TEXT = Tracks.text("text");
  private static final List<KeyPeriod> TWO = List.of(numbered("p1", 1), numbered("p2", 2));

  @Test
  void resolve_periods_giveEachTrackASequence() {
    CpixDocument document =
        document(
            TWO,
            rule(1, new KeyPeriodFilter("p1"), VideoFilter.ANY),
            rule(2, new KeyPeriodFilter("p2"), VideoFilter.ANY),
            rule(3, AudioFilter.ANY));
    RotatedKeys keys = resolve(document, HD, AUDIO, TEXT);
    assertThat(keys.sequences())
        .extracting(RotatedKeys.Sequence::track)
        .containsExactly(HD, AUDIO, TEXT);
    assertThat(keys.sequences().get(0).keys())
        .extracting(PeriodKey::period, PeriodKey::key, PeriodKey::rule, PeriodKey::rootKeyId)
        .containsExactly(
            tuple(TWO.get(0), key(1), document.usageRules().get(0), null),
            tuple(TWO.get(1), key(2), document.usageRules().get(1), null));
    assertThat(keys.sequences().get(0).keys())
        .extracting(PeriodKey::why)
        .containsExactly(
            "Usage rule 1 matches by KeyPeriodFilter periodId=\"p1\" and VideoFilter.",
            "Usage rule 2 matches by KeyPeriodFilter periodId=\"p2\" and VideoFilter.");
    assertThat(keys.sequences().get(1).keys())
        .extracting(PeriodKey::key)
        .containsExactly(key(3), key(3));
    assertThat(keys.sequences().get(2).keys())
        .extracting(PeriodKey::period, PeriodKey::key, PeriodKey::why)
        .containsExactly(
            tuple(TWO.get(0), null, "Text tracks stay clear."),
            tuple(TWO.get(1), null, "Text tracks stay clear."));
  }

  @Test
  void resolve_noPeriods_givesOneKey() {
    assertThat(resolve(document(rule(1)), HD).sequences().get(0).keys())
        .singleElement()
        .extracting(PeriodKey::period, PeriodKey::key)
        .containsExactly(null, key(1));
  }

  @Test
  void resolve_leafKeys_nameTheirRoot() {
    CpixDocument document =
        document(
            List.of(key(9), leaf(1, 9), leaf(2, 9)),
            TWO,
            rule(1, new KeyPeriodFilter("p1")),
            rule(2, new KeyPeriodFilter("p2")));
    assertThat(resolve(document, HD).sequences().get(0).keys())
        .extracting(PeriodKey::key, PeriodKey::rootKeyId)
        .containsExactly(tuple(leaf(1, 9), kid(9)), tuple(leaf(2, 9), kid(9)));
  }

  @Test
  void resolve_periodWithoutAKey_namesTheTrackAndThePeriod() {
    CpixDocument document = document(TWO, rule(1, new KeyPeriodFilter("p1"), VideoFilter.ANY));
    UnresolvedKeyException e = failure(document, HD);
    assertThat(e.code()).isEqualTo("no-usage-rule");
    assertThat(e.problem())
        .isEqualTo(
            "Track " + HD.describe() + ", key period \"p2\" matches none of the 1 usage rules.");
    assertThat(
            RotatedKeys.resolve(document, ResolutionMode.CPIX, List.of(HD), Set.of("hd"))
                .sequences()
                .get(0)
                .keys())
        .extracting(PeriodKey::key)
        .containsExactly(null, null);
  }

  @Test
  void resolve_rulesOfTwoKeys_areAmbiguousInCpixAndTheLastInSpeke() {
    CpixDocument document =
        document(TWO, rule(1), rule(2, new KeyPeriodFilter("p2"), VideoFilter.ANY));
    assertThat(failure(document, HD).code()).isEqualTo("ambiguous-usage-rules");
    assertThat(failure(document, HD)).hasMessageContaining("key period \"p2\"");
    assertThat(
            RotatedKeys.resolve(document, ResolutionMode.SPEKE_LAST_RULE, List.of(HD), Set.of())
                .sequences()
                .get(0)
                .keys())
        .extracting(PeriodKey::key)
        .containsExactly(key(1), key(2));
  }

  @Test
  void resolve_overlappingPeriods_areRefused() {
    List<KeyPeriod> periods =
        List.of(
            timed("a", "2026-01-01T10:00:00Z", "2026-01-01T12:00:00Z"),
            timed("b", "2026-01-01T11:00:00Z", "2026-01-01T13:00:00Z"));
    assertThat(failure(document(periods, rule(1)), HD).code()).isEqualTo("overlapping-key-periods");
  }

  @Test
  void resolve_longRotation_givesEveryPeriodItsKey() {
    int count = 500;
    List<KeyPeriod> periods =
        IntStream.range(0, count).mapToObj(i -> numbered("p" + i, i)).toList();
    UsageRule[] rules =
        IntStream.range(0, count)
            .mapToObj(i -> rule(i, new KeyPeriodFilter("p" + i), VideoFilter.ANY))
            .toArray(UsageRule[]::new);
    RotatedKeys keys = resolve(document(periods, rules), HD);
    assertThat(keys.sequences().get(0).keys())
        .extracting(PeriodKey::key)
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(Rules::key).toList());
  }

  private static RotatedKeys resolve(CpixDocument document, Track... tracks) {
    return RotatedKeys.resolve(document, ResolutionMode.CPIX, List.of(tracks), Set.of());
  }

  private static UnresolvedKeyException failure(CpixDocument document, Track track) {
    return catchThrowableOfType(UnresolvedKeyException.class, () -> resolve(document, track));
  }
}
