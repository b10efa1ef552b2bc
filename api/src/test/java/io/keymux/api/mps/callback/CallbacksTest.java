package io.keymux.api.mps.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a callback is tried. */
class CallbacksTest {
  @Test
  void pauses_ofAllTries_lastLongerThanADayAndShorterThanTheTaskIsKept() {
    Duration all =
        IntStream.range(1, Callbacks.TRIES)
            .mapToObj(Callbacks::pause)
            .reduce(Duration.ZERO, Duration::plus);

    assertThat(all).isBetween(Duration.ofDays(1), Duration.ofDays(2));
  }

  @Test
  void look_ofAnOldTask_isRarerButNotRare() {
    assertThat(Callbacks.look(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(Callbacks.look(Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(5));
    assertThat(Callbacks.look(Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(10));
  }
}
