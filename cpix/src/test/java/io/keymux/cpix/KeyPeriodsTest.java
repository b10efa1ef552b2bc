package io.keymux.cpix;

import static io.keymux.cpix.Rules.numbered;
import static io.keymux.cpix.Rules.offset;
import static io.keymux.cpix.Rules.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyPeriodsTest {
  private static final String DAY = "2026-01-01T";

  @ParameterizedTest
  @CsvSource({
    "09:59:59.999999999Z, ",
    "10:00:00Z, a",
    "10:59:59.999999999Z, a",
    "11:00:00Z, b",
    "11:59:59.999999999Z, b",
    "12:00:00Z, ",
    "13:00:00Z, c",
    "14:00:00Z, "
  })
  void at_clock_holdsTheStartAndNotTheEnd(String time, @Nullable String id) {
    KeyPeriods periods =
        of(
            timed("b", DAY + "12:00:00+01:00", DAY + "13:00:00+01:00"),
            timed("a", DAY + "10:00:00Z", DAY + "11:00:00Z"),
            lasting("c", DAY + "13:00:00Z", "PT1H"));
    assertThat(periods.at(Instant.parse(DAY + time)).map(KeyPeriod::id).orElse(null)).isEqualTo(id);
    assertThat(periods.inOrder()).extracting(KeyPeriod::id).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, a",
    "PT9.999999999S, a",
    "PT10S, b",
    "PT19.999999999S, b",
    "PT20S, ",
    "PT29.999999999S, ",
    "PT30S, c",
    "P365D, c"
  })
  void atOffset_content_holdsTheStartAndNotTheEnd(String time, @Nullable String id) {
    KeyPeriods periods =
        of(
            offset("c", "PT30S", "-", "-"),
            offset("a", "-", "PT10S", "-"),
            offset("b", "PT10S", "-", "PT10S"));
    assertThat(periods.atOffset(Duration.parse(time)).map(KeyPeriod::id).orElse(null))
        .isEqualTo(id);
    assertThat(periods.inOrder()).extracting(KeyPeriod::id).containsExactly("a", "b", "c");
  }

  @Test
  void find_otherTimeLine_findsNothing() {
    assertThat(of(offset("a", "PT0S", "PT10S", "-")).at(Instant.EPOCH)).isEmpty();
    assertThat(of(timed("a", "1970-01-01T00:00:00Z", "-")).atOffset(Duration.ZERO)).isEmpty();
    assertThat(of(offset("a", "-", "-", "PT10S")).atOffset(Duration.ZERO)).isEmpty();
  }

  @Test
  void byIndexAndId_exactOnes_areFound() {
    KeyPeriods periods = of(numbered("x", 4_294_967_295L), numbered("y", 0), numbered("", 1));
    assertThat(periods.byIndex(0)).map(KeyPeriod::id).contains("y");
    assertThat(periods.byIndex(4_294_967_295L)).map(KeyPeriod::id).contains("x");
    assertThat(periods.byIndex(2)).isEmpty();
    assertThat(periods.byId("y")).map(KeyPeriod::index).contains(0L);
    assertThat(periods.byId("Y")).isEmpty();
    assertThat(periods.byId("")).isEmpty();
    assertThat(periods.inOrder()).extracting(KeyPeriod::index).containsExactly(MAX, 0L, 1L);
  }

  private static final long MAX = 4_294_967_295L;

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "overlapping-key-periods",
            "Key period \"a\" and key period \"b\" overlap.",
            timed("b", DAY + "10:59:59.999Z", DAY + "12:00:00Z"),
            timed("a", DAY + "10:00:00Z", DAY + "11:00:00Z")),
        fault(
            "overlapping-key-periods",
            "Key period \"a\" and key period \"b\" overlap.",
            timed("a", DAY + "10:00:00Z", "-"),
            timed("b", DAY + "11:00:00Z", "-")),
        fault(
            "overlapping-key-periods",
            "Key period \"a\" and key period \"b\" overlap.",
            timed("a", "-", DAY + "10:00:00Z"),
            timed("b", "-", DAY + "09:00:00Z")),
        fault(
            "overlapping-key-periods",
            "Key period \"long\" and key period \"late\" overlap.",
            timed("long", DAY + "10:00:00Z", DAY + "20:00:00Z"),
            timed("none", DAY + "11:00:00Z", DAY + "11:00:00Z"),
            timed("late", DAY + "12:00:00Z", DAY + "13:00:00Z")),
        fault(
            "overlapping-key-periods",
            "Key period \"a\" and key period from PT5S overlap.",
            offset("a", "PT0S", "PT10S", "-"),
            offset("", "PT5S", "-", "PT1S")),
        fault(
            "overlapping-key-periods",
            "Key period \"a\" and key period \"b\" both have the index 7.",
            numbered("a", 7),
            numbered("c", 8),
            numbered("b", 7)),
        fault(
            "invalid-key-period",
            "Key period \"a\" ends at 2026-01-01T09:00:00Z, before 2026-01-01T10:00:00Z.",
            timed("a", DAY + "10:00:00Z", DAY + "09:00:00Z")),
        fault(
            "invalid-key-period",
            "Key period \"a\" ends at PT0S, before PT10S.",
            offset("a", "PT10S", "-", "-PT10S")),
        fault(
            "invalid-key-period",
            "Key period \"a\" lasts PT2562047788015215H30M7S.",
            offset("a", "PT1S", "-", "PT2562047788015215H30M7S")),
        fault(
            "invalid-key-period",
            "Key period \"a\" lasts PT2562047788015215H30M7S.",
            lasting("a", DAY + "10:00:00Z", "PT2562047788015215H30M7S")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void of_periodsThatContradictEachOther_namesThem(
      String code, String problem, List<KeyPeriod> periods) {
    UnresolvedKeyException e =
        catchThrowableOfType(
            UnresolvedKeyException.class, () -> of(periods.toArray(KeyPeriod[]::new)));
    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.code()).isEqualTo(code);
  }

  @Test
  void of_clockAndContent_areNotCompared() {
    KeyPeriods periods = of(timed("a", DAY + "10:00:00Z", "-"), offset("b", "PT0S", "-", "-"));
    assertThat(periods.at(Instant.parse(DAY + "10:00:00Z"))).map(KeyPeriod::id).contains("a");
    assertThat(periods.atOffset(Duration.ZERO)).map(KeyPeriod::id).contains("b");
  }

  private static Arguments fault(String code, String problem, KeyPeriod... periods) {
    return Arguments.of(code, problem, List.of(periods));
  }

  private static KeyPeriod lasting(String id, String start, String duration) {
    return new KeyPeriod(
        id, null, OffsetDateTime.parse(start), null, null, null, null, Duration.parse(duration));
  }

  private static KeyPeriods of(KeyPeriod... periods) {
    return KeyPeriods.of(Rules.document(List.of(periods)));
  }
}
