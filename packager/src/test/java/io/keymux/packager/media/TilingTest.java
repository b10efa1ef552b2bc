package io.keymux.packager.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {
  @ParameterizedTest
  @CsvSource({
    "5x4, 2, 5, 4, 2000000, 40000000, 2",
    "1x1, 0.5, 1, 1, 500000, 500000, 0.5",
    "10x20, 1.001, 10, 20, 1001000, 200200000, 1.001",
    "1000x1, 10.000000, 1000, 1, 10000000, 10000000000, 10",
    "2x2, 1e1, 2, 2, 10000000, 40000000, 10"
  })
  void of_texts_areRead(
      String layout, String every, int columns, int rows, long micros, long image, String said) {
    Tiling tiling = Tiling.of(layout, every);

    assertThat(tiling).isEqualTo(new Tiling(columns, rows, micros));
    assertThat(tiling.imageMicros()).isEqualTo(image);
    assertThat(tiling.layout()).isEqualTo(layout);
    assertThat(tiling.everySeconds()).hasToString(said);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 2, is no grid",
    "0x4, 2, is no grid",
    "5x-4, 2, is no grid",
    "1001x1, 2, is no grid",
    "5x4x3, 2, is no grid",
    "5x4, 0, 0.001 to 86400",
    "5x4, -1, 0.001 to 86400",
    "5x4, 86401, 0.001 to 86400",
    "5x4, two, no number of seconds",
    "5x4, '', no number of seconds",
    "5x4, 0.0000001, no number of seconds",
    "5x4, 1e99999999, no number of seconds",
    "5x4, NaN, no number of seconds"
  })
  void of_wrong_isRefused(String layout, String every, String message) {
    assertThatThrownBy(() -> Tiling.of(layout, every))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
