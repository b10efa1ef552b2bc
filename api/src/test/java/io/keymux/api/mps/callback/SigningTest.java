package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.SecretBytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known values of the signature, and the pauses between looks and between tries. */
class SigningTest {
  private static final SecretBytes KEY = SecretBytes.copyOf("k3y".getBytes(UTF_8));

  @Test
  void md5_ofTencentsForm_isThis() {
    assertThat(Signing.md5(1_700_000_000L, KEY)).isEqualTo("ccde9281ea4752c55c750eb259bfd940");
  }

  @ParameterizedTest
  @CsvSource({"0, 500", "4000, 500", "30000, 3000", "86400000, 10000"})
  void look_isRarerTheLongerATaskTakes(long ageMillis, long pauseMillis) {
    assertThat(Callbacks.look(Duration.ofMillis(ageMillis)))
        .isEqualTo(Duration.ofMillis(pauseMillis));
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "3, 20", "11, 5120", "15, 81920"})
  void pause_doublesWithEachFailure(int failures, long seconds) {
    assertThat(Callbacks.pause(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
