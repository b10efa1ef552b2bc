package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.DrmException;

/** Any samples, each behind its length of two bytes, are divided whole or refused. */
class Vp9FuzzTest {

  @FuzzTest(maxDuration = "150s")
  void parse_anySamples_wholeOrRefused(byte[] input) {
    SampleParser parser = new Vp9SampleParser();
    int at = 0;
    while (at + 2 <= input.length) {
      int wanted = (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
      int length = Math.min(wanted, input.length - at - 2);
      RangeSum sum = new RangeSum();
      try {
        parser.parse(input, at + 2, length, sum);
        assertThat(sum.bytes()).isEqualTo(length);
      } catch (DrmException e) {
        assertThat(e.code()).isEqualTo(BitReader.FRAME);
      }
      at += 2 + length;
    }
  }
}
