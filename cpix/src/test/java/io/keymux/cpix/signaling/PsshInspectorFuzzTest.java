package io.keymux.cpix.signaling;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.FuzzedInput;

class PsshInspectorFuzzTest {

  @FuzzTest(maxDuration = "150s")
  void inspect_anyBytes_isReadOrRefused(byte[] input) {
    FuzzedInput.isReadOrRefused(() -> PsshInspector.inspect(input));
  }
}
