package io.keymux.packager.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any parameter sets and slices of H.264 are divided whole or refused. */
class AvcFuzzTest {

  @FuzzTest(maxDuration = "150s")
  void parse_anyNalUnits_wholeOrRefused(byte[] input) {
    NalFuzz.check(input, () -> new AvcParser(BitReader.SLICE));
  }
}
