package io.keymux.api.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many messages a receiver gets at once. */
class LanesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private final Lanes lanes = new Lanes(Duration.ofSeconds(1));

  @Test
  void free_whileAllArrive_isFourLessThoseUnderWay() {
    assertThat(lanes.free("a", NOW)).isEqualTo(4);
    lanes.enter("a");
    lanes.enter("a");
    assertThat(lanes.free("a", NOW)).isEqualTo(2);
    assertThat(lanes.free("b", NOW)).isEqualTo(4);
    lanes.arrived("a");
    lanes.leave("a");
    assertThat(lanes.free("a", NOW)).isEqualTo(4);
  }

  @Test
  void free_afterFailures_isOneAtATimeAfterPausesThatGrow() {
    Instant now = NOW;
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      lanes.enter("a");
      assertThat(lanes.free("a", now)).isEqualTo(seconds == 1 ? 3 : 0);
      lanes.failed("a", now);
      assertThat(lanes.free("a", now.plusSeconds(seconds).minusMillis(1))).isZero();
      now = now.plusSeconds(seconds);
      assertThat(lanes.free("a", now)).isEqualTo(1);
    }
    lanes.enter("a");
    lanes.arrived("a");
    assertThat(lanes.free("a", now)).isEqualTo(4);
  }

  @Test
  void failed_receiverOfLongAgo_isForgotten() {
    lanes.enter("a");
    lanes.failed("a", NOW);
    Instant later = NOW.plus(Duration.ofHours(2));
    assertThat(lanes.free("a", later)).isEqualTo(1);
    lanes.enter("b");
    lanes.failed("b", later);
    assertThat(lanes.free("a", later)).isEqualTo(4);
    assertThat(lanes.free("b", later)).isZero();
  }

  @Test
  void entered_noRoom_waitsAsLongAsNothingMayGo() {
    for (int i = 0; i < 4; i++) {
      assertThat(lanes.entered("a", NOW)).isTrue();
    }
    assertThat(lanes.entered("a", NOW)).isFalse();
    assertThat(lanes.hold("a")).isZero();
    for (int i = 1; i <= 4; i++) {
      lanes.failed("a", NOW);
      assertThat(lanes.hold("a")).isEqualTo(Duration.ofSeconds(1L << (i - 1)));
    }
    assertThat(lanes.entered("a", NOW.plusSeconds(7))).isFalse();
    assertThat(lanes.entered("a", NOW.plusSeconds(8))).isTrue();
    assertThat(lanes.entered("b", NOW)).isTrue();
  }
}
