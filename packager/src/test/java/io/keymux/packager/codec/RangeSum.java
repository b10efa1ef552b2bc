package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

/** Adds up what a parser says of a sample: no range may be negative, no protected one empty. */
public final class RangeSum implements SampleRanges {
  private int bytes;

  /** Of all ranges so far. */
  public int bytes() {
    return bytes;
  }

  @Override
  public void clear(int count) {
    assertThat(count).isNotNegative();
    bytes += count;
  }

  @Override
  public void protectable(int count) {
    assertThat(count).isPositive();
    bytes += count;
  }
}
