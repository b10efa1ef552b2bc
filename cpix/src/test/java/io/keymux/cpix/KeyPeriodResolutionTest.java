package io.keymux.cpix;

import static io.keymux.cpix.Rules.document;
import static io.keymux.cpix.Rules.key;
import static io.keymux.cpix.Rules.kid;
import static io.keymux.cpix.Rules.numbered;
import static io.keymux.cpix.Rules.offset;
import static io.keymux.cpix.Rules.rule;
import static io.keymux.cpix.Rules.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyPeriodSelector.AtOffset;
import io.keymux.cpix.KeyPeriodSelector.AtTime;
import io.keymux.cpix.KeyPeriodSelector.ById;
import io.keymux.cpix.KeyPeriodSelector.ByIndex;
import io.keymux.cpix.KeyResolution.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which key period a resolution is for, and what comes of it. */
class KeyPeriodResolutionTest {
  private static final Track HD = Tracks.video("hd", 1920, 1080, "main");
  private static final UsageRule P1 = rule(1, new KeyPeriodFilter("p1"), VideoFilter.ANY);
  private static final UsageRule P2 = rule(2, new KeyPeriodFilter("p2"), VideoFilter.ANY);

  static Stream<Arguments> selections() {
    List<KeyPeriod> numbered = List.of(numbered("p1", 7), numbered("p2", 8));
    List<KeyPeriod> timed =
        List.of(
            timed("p1", "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"),
            timed("p2", "2026-01-01T11:00:00Z", "2026-01-01T12:00:00Z"));
    List<KeyPeriod> offsets =
        List.of(offset("p1", "PT0S", "-", "PT10S"), offset("p2", "PT10S", "PT20S", "-"));
    return Stream.of(
        Arguments.of(numbered, new ById("p1"), 1),
        Arguments.of(numbered, new ById("p2"), 2),
        Arguments.of(numbered, new ByIndex(7), 1),
        Arguments.of(numbered, new ByIndex(8), 2),
        Arguments.of(timed, new AtTime(Instant.parse("2026-01-01T10:59:59.999Z")), 1),
        Arguments.of(timed, new AtTime(Instant.parse("2026-01-01T11:00:00Z")), 2),
        Arguments.of(timed, new AtTime(Instant.parse("2026-01-01T12:00:00Z")), 0),
        Arguments.of(timed, new ById("p2"), 2),
        Arguments.of(offsets, new AtOffset(Duration.ofMillis(9_999)), 1),
        Arguments.of(offsets, new AtOffset(Duration.ofSeconds(10)), 2),
        Arguments.of(offsets, new AtOffset(Duration.ofSeconds(20)), 0),
        // Rules that name periods cannot be used if it is not known which one it is.
        Arguments.of(numbered, null, -1),
        Arguments.of(numbered, new AtTime(Instant.EPOCH), -1),
        Arguments.of(offsets, new AtTime(Instant.EPOCH), -1),
        Arguments.of(timed, new AtOffset(Duration.ZERO), -1));
  }

  @ParameterizedTest
  @MethodSource("selections")
  void resolve_period_isFoundOrNoneOrUnknown(
      List<KeyPeriod> periods, KeyPeriodSelector selector, int key) {
    KeyResolution resolution =
        UsageRuleResolver.of(document(periods, P1, P2))
            .resolve(ResolutionContext.of(HD).in(selector));
    if (key > 0) {
      assertThat(resolution.keyId()).contains(kid(key));
      assertThat(resolution.period()).isEqualTo(periods.get(key - 1));
      assertThat(resolution.explain().get(0)).contains("), key period \"p" + key + "\": KID ");
      assertThat(resolution.others())
          .containsExactly(
              "Usage rule %d does not match: KeyPeriodFilter periodId=\"p%d\": it is key period \"p%d\"."
                  .formatted(3 - key, 3 - key, key));
    } else {
      assertThat(resolution.period()).isNull();
      assertThat(resolution.outcome()).isEqualTo(key == 0 ? Outcome.NO_MATCH : Outcome.UNUSABLE);
    }
  }

  @Test
  void resolve_onePeriod_isMeantWithoutBeingNamed() {
    KeyResolution resolution =
        UsageRuleResolver.of(document(List.of(numbered("p1", 0)), P1))
            .resolve(ResolutionContext.of(HD));
    assertThat(resolution.keyId()).contains(kid(1));
    assertThat(resolution.period()).isEqualTo(numbered("p1", 0));
  }

  @Test
  void resolve_timeInATimedPeriod_isKnownThoughOthersHaveNoTime() {
    List<KeyPeriod> periods =
        List.of(timed("p1", "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"), numbered("p2", 2));
    UsageRuleResolver timed = UsageRuleResolver.of(document(periods, P1));
    Instant outside = Instant.parse("2026-01-01T11:00:00Z");
    assertThat(timed.resolve(ResolutionContext.of(HD).in(new AtTime(outside))).others())
        .containsExactly(
            "Usage rule 1 does not match: KeyPeriodFilter periodId=\"p1\": no key period is known"
                + " to hold 2026-01-01T11:00:00Z.");
    assertThat(
            UsageRuleResolver.of(document(periods, P2))
                .resolve(ResolutionContext.of(HD).in(new AtTime(outside)))
                .outcome())
        .isEqualTo(Outcome.UNUSABLE);
  }

  @Test
  void resolve_periodThatIsNotThere_isRefused() {
    UsageRuleResolver resolver = UsageRuleResolver.of(document(List.of(numbered("p1", 0)), P1));
    for (KeyPeriodSelector selector : List.of(new ById("p3"), new ByIndex(3))) {
      assertThat(
              catchThrowableOfType(
                      UnresolvedKeyException.class,
                      () -> resolver.resolve(ResolutionContext.of(HD).in(selector)))
                  .code())
          .isEqualTo("unknown-key-period");
    }
    assertThatThrownBy(() -> resolver.resolve(ResolutionContext.of(HD).in(new ByIndex(3))))
        .hasMessageContaining("no key period with index 3");
  }
}
