package io.keymux.packager.verify.ts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Any bytes have a time of 33 bits, or a problem. */
class PackedAudioReaderFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void read_anyPackedAudio_saysProblemsOnly(byte[] input) {
    List<String> problems = new ArrayList<>();
    PackedAudioReader.PackedAudio audio =
        PackedAudioReader.read("fuzz", input, (code, place, text) -> problems.add(code));

    assertThat(audio.frames().size()).isLessThanOrEqualTo(input.length);
    assertThat(audio.pts()).isBetween(-1L, (1L << 33) - 1);
    assertThat(audio.pts() >= 0 || !problems.isEmpty()).isTrue();
  }
}
