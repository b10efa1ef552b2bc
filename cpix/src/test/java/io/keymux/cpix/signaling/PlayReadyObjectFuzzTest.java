package io.keymux.cpix.signaling;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.FuzzedInput;

class PlayReadyObjectFuzzTest {

  @FuzzTest(maxDuration = "150s")
  void parse_anyBytes_isReadOrRefused(byte[] input) {
    FuzzedInput.isReadOrRefused(() -> PlayReadyObject.parse(input).header());
  }
}
