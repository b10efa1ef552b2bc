package io.keymux.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.packager.verify.SampleCheck.Verdict;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1CheckTest {
  private static final SampleInfo TILES =
      new SampleInfo(new byte[0], new int[] {3}, new int[] {16});

  @ParameterizedTest
  @CsvSource({
    "1200 3203 101112, ''", // a temporal delimiter and a frame
    "1200 30 1011121314, ''", // the last without a size
    "16a000 3203 101112, ''", // with an extension
    "1200 9203 101112, obu_forbidden_bit is set in the OBU at byte 2",
    "1200 3204 101112, an OBU of 4 bytes at byte 2 of 7",
    "1200 32ff 7f0102, an OBU of 16383 bytes at byte 2 of 7",
    "1200 34, an OBU of -1 bytes at byte 2 of 3",
  })
  void check_obus_fillTheSample(String sample, String problem) {
    byte[] bytes = Bytes.ofHex(sample.replace(" ", "")).toArray();

    Verdict verdict = new Av1Check().check(bytes, bytes.length, 0.04, SampleInfo.WHOLE);

    assertThat(verdict.problem()).isEqualTo(problem.isEmpty() ? null : problem);
    assertThat(verdict.certain()).isEqualTo(!problem.isEmpty());
  }

  @Test
  void check_clearHeaders_areNoEvidence() {
    byte[] sample = {0x12, 0};

    assertThat(new Av1Check().check(sample, 2, 0.04, TILES)).isEqualTo(Verdict.NOTHING);
  }

  @Test
  void check_randomBytes_passNoMoreThanClaimed() {
    Random random = new Random(7);
    int passed = 0;
    double claimed = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] sample = new byte[1 + random.nextInt(2000)];
      random.nextBytes(sample);
      Verdict verdict = new Av1Check().check(sample, sample.length, 0.04, SampleInfo.WHOLE);
      passed += verdict.problem() == null ? 1 : 0;
      claimed = Math.max(claimed, verdict.bits());
    }
    assertThat(claimed).isPositive();
    assertThat(passed / 10_000.0).isLessThan(Math.pow(2, -claimed));
  }
}
