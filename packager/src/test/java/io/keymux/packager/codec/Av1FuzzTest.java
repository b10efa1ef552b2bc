package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.DrmException;

/** Any samples, each behind its length of two bytes, are divided whole or refused. */
class Av1FuzzTest {

  @FuzzTest(maxDuration = "150s")
  void parse_anySamples_wholeOrRefused(byte[] input) {
    SampleParser parser = new Av1SampleParser(BitReader.FRAME, null);
    int at = 0;
    while (at + 2 <= input.length) {
      int wanted = (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
      int length = Math.min(wanted, input.length - at - 2);
      TileRanges ranges = new TileRanges();
      try {
        parser.parse(input, at + 2, length, ranges);
        assertThat(ranges.at).isEqualTo(length);
      } catch (DrmException e) {
        assertThat(e.code()).isEqualTo(BitReader.FRAME);
      }
      at += 2 + length;
    }
  }
}
