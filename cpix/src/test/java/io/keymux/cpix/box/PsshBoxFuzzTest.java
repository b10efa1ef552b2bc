package io.keymux.cpix.box;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.FuzzedInput;

class PsshBoxFuzzTest {

  @FuzzTest(maxDuration = "150s")
  void parse_anyBytes_isReadOrRefused(byte[] input) {
    FuzzedInput.isReadOrRefused(
        () -> PsshBox.parseAll(input).forEach(box -> PsshBox.parse(box.toBytes())));
  }
}
