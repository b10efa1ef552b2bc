package io.keymux.cpix;

import static io.keymux.cpix.Rules.document;
import static io.keymux.cpix.Rules.key;
import static io.keymux.cpix.Rules.leaf;
import static io.keymux.cpix.Rules.numbered;
import static io.keymux.cpix.Rules.offset;
import static io.keymux.cpix.Rules.rule;
import static io.keymux.cpix.Rules.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinglePeriodTest {
  private static final Track HD = Tracks.video("hd", 1920, 1080);
  private static final Track AUDIO = Tracks.audio("audio", 2, 128_000);

  @Test
  void of_index_keepsThatPeriodAlone() {
    CpixDocument part =
        SinglePeriod.of(three(numbered("a", 3), numbered("b", 1), numbered("c", 2)), wanted(1));
    assertThat(part.keyPeriods()).containsExactly(numbered("b", 1));
    assertThat(part.contentKeys()).containsExactly(key(2), key(4));
    assertThat(part.drmSystems()).extracting(DrmSignaling::keyId).containsExactly(Rules.kid(2));
    assertThat(part.usageRules())
        .containsExactly(
            rule(2, new KeyPeriodFilter("b"), VideoFilter.ANY),
            rule(4, new KeyPeriodFilter("b"), AudioFilter.ANY));
  }

  @Test
  void of_part_resolvesWithoutNamingThePeriod() {
    CpixDocument document = three(numbered("a", 1), numbered("b", 2), numbered("c", 3));
    for (int index = 1; index <= 3; index++) {
      TrackKeys keys =
          TrackKeys.resolve(SinglePeriod.of(document, wanted(index)), List.of(HD, AUDIO), Set.of());
      assertThat(keys.assignments())
          .extracting(TrackKeys.Assignment::key)
          .containsExactly(key(index), key(4));
    }
  }

  @Test
  void of_noIndexButTimes_goesByTheirOrder() {
    CpixDocument document =
        three(
            timed("late", "2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z"),
            timed("early", "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"),
            timed("noon", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"));
    assertThat(keysOf(document, wanted(1))).containsExactly(key(2), key(4));
    assertThat(keysOf(document, wanted(2))).containsExactly(key(3), key(4));
    assertThat(keysOf(document, wanted(3))).containsExactly(key(1), key(4));
  }

  @Test
  void of_neitherIndexNorTime_goesByTheOrderOfTheDocument() {
    CpixDocument document = three(bare("x"), bare("y"), bare("z"));
    assertThat(keysOf(document, wanted(2))).containsExactly(key(2), key(4));
  }

  @Test
  void of_offsetsOnBothSides_goesByThePlaceInTheContent() {
    CpixDocument document =
        three(
            offset("a", "PT0S", "PT60S", "-"),
            offset("b", "PT60S", "PT90S", "-"),
            offset("c", "PT90S", "-", "-"));
    assertThat(keysOf(document, starting(2, "PT30S"))).containsExactly(key(1), key(4));
    assertThat(keysOf(document, starting(3, "PT60S"))).containsExactly(key(2), key(4));
    assertThat(keysOf(document, starting(4, "PT90S"))).containsExactly(key(3), key(4));
    // Without an offset to look for, the order decides.
    assertThat(keysOf(document, wanted(2))).containsExactly(key(2), key(4));
  }

  @Test
  void of_leafKeys_keepTheirRootAndNoOther() {
    CpixDocument document =
        document(
            List.of(key(8), key(9), leaf(1, 9), leaf(2, 8)),
            List.of(numbered("a", 1), numbered("b", 2)),
            rule(1, new KeyPeriodFilter("a")),
            rule(2, new KeyPeriodFilter("b")));
    assertThat(keysOf(document, wanted(1))).containsExactly(key(9), leaf(1, 9));
  }

  @ParameterizedTest
  @CsvSource({"0", "4", "4294967295"})
  void of_noSuchPeriod_namesThoseThatAreThere(long index) {
    UnresolvedKeyException e =
        catchThrowableOfType(
            UnresolvedKeyException.class,
            () ->
                SinglePeriod.of(
                    three(numbered("a", 1), numbered("b", 2), numbered("", 3)), wanted(index)));
    assertThat(e.code()).isEqualTo("unknown-key-period");
    assertThat(e.problem())
        .isEqualTo(
            "The document has no key period number "
                + index
                + ", which the job asks for; it has key period \"a\" (number 1), key period \"b\""
                + " (number 2), key period number 3.");
  }

  @Test
  void of_noPeriodAtAll_isRefused() {
    assertThatThrownBy(() -> SinglePeriod.of(document(rule(1)), wanted(1)))
        .isInstanceOf(UnresolvedKeyException.class)
        .hasMessageContaining("it has none");
  }

  @Test
  void of_ruleOfAnUndefinedPeriod_isRefusedInEveryPeriod() {
    CpixDocument document =
        document(List.of(numbered("a", 1)), rule(1), rule(2, new KeyPeriodFilter("gone")));
    assertThat(
            catchThrowableOfType(
                    UnresolvedKeyException.class, () -> SinglePeriod.of(document, wanted(1)))
                .code())
        .isEqualTo("unknown-key-period");
  }

  @Test
  void of_ruleThatCannotBeUsed_staysUnusable() {
    UsageRule unusable = new UsageRule(Rules.kid(1), "", List.of(), false);
    CpixDocument part = SinglePeriod.of(document(List.of(numbered("a", 1)), unusable), wanted(1));
    assertThat(part.usageRules()).singleElement().matches(rule -> !rule.usable());
  }

  /** Key 1, 2 and 3 for video in a period each, and key 4 for audio in all of them. */
  private static CpixDocument three(KeyPeriod first, KeyPeriod second, KeyPeriod third) {
    CpixDocument keys =
        document(
            List.of(first, second, third),
            inPeriod(1, first),
            inPeriod(2, second),
            inPeriod(3, third),
            rule(4, AudioFilter.ANY));
    return new CpixDocument(
        null,
        null,
        keys.contentKeys(),
        List.of(),
        keys.contentKeys().stream()
            .filter(key -> !key.equals(key(4)))
            .map(
                key ->
                    new DrmSignaling(
                        DrmSystem.WIDEVINE.systemId(), key.id(), null, null, null, null, null))
            .toList(),
        keys.keyPeriods(),
        keys.usageRules());
  }

  private static UsageRule inPeriod(int key, KeyPeriod period) {
    return period.id().isEmpty()
        ? rule(key, VideoFilter.ANY)
        : rule(key, new KeyPeriodFilter(period.id()), VideoFilter.ANY);
  }

  private static List<ContentKey> keysOf(CpixDocument document, KeyPeriod wanted) {
    return SinglePeriod.of(document, wanted).contentKeys();
  }

  private static KeyPeriod bare(String id) {
    return new KeyPeriod(id, null, null, null);
  }

  private static KeyPeriod wanted(long index) {
    return KeyPeriod.numbered(index);
  }

  private static KeyPeriod starting(long index, String offset) {
    return new KeyPeriod(
        "period-" + index, index, null, null, null, Duration.parse(offset), null, null);
  }
}
