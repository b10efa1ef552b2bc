package io.keymux.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRateTest {
  @ParameterizedTest
  @CsvSource({
    "24, 24",
    "25, 25",
    "60.0000001, 60",
    "23.976, 24000/1001",
    "23.976023976, 24000/1001",
    "29.97, 30000/1001",
    "29.97002997, 30000/1001",
    "47.952, 48000/1001",
    "59.94, 60000/1001",
    "119.88, 120000/1001",
    "12.5, 25/2",
    "7.5, 15/2",
    "14.985, 15000/1001",
    "29.83, 2983/100",
    "0.0001, 1/1000",
  })
  void of_rate_isWholeOrFraction(double fps, String expected) {
    assertThat(FrameRate.of(fps)).isEqualTo(expected);
  }
}
