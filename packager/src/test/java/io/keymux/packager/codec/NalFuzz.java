package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What is true of any NAL units, each behind its length of two bytes: each is divided whole or
 * refused, and from its own bytes alone, wherever it lies.
 */
final class NalFuzz {
  private static final int LENGTH = 2;

  private NalFuzz() {}

  static void check(byte[] input, Supplier<SliceHeaderParser> parsers) {
    SampleParser inPlace = new NalSampleParser(LENGTH, parsers.get());
    SampleParser apart = new NalSampleParser(LENGTH, parsers.get());
    int at = 0;
    while (at + LENGTH <= input.length) {
      int wanted = (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
      int length = LENGTH + Math.min(wanted, input.length - at - LENGTH);
      byte[] copy = Arrays.copyOfRange(input, at, at + length);
      assertThat(parse(inPlace, input, at, length)).isEqualTo(parse(apart, copy, 0, length));
      at += length;
    }
  }

  /** The parts of the sample, or why it is refused. */
  private static String parse(SampleParser parser, byte[] data, int offset, int length) {
    Parts parts = new Parts();
    try {
      parser.parse(data, offset, length, parts);
    } catch (DrmException e) {
      assertThat(e.code()).isIn(BitReader.SLICE, "nal-length-invalid");
      return e.problem();
    }
    assertThat(parts.bytes).isEqualTo(length);
    return parts.text.toString();
  }

  private static final class Parts implements SampleRanges {
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    @Override
    public void clear(int count) {
      assertThat(count).isNotNegative();
      add('c', count);
    }

    @Override
    public void protectable(int count) {
      assertThat(count).isPositive();
      add('p', count);
    }

    private void add(char kind, int count) {
      text.append(kind).append(count).append(' ');
      bytes += count;
    }
  }
}
