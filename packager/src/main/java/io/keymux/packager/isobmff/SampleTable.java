package io.keymux.packager.isobmff;

import java.util.BitSet;

/**
 * All samples of one track in decode order, as primitive arrays: one look-up is one array read.
 *
 * <p>Immutable once built; the arrays are shared, not copied, and never handed out.
 */
public final class SampleTable {
  private final long[] offsets;
  private final int[] sizes;
  private final long[] decodeTimes;
  private final int[] compositionOffsets;
  private final BitSet sync;
  private final int maxSize;
  private final long totalBytes;

  /**
   * @param offsets of each sample in the file, in bytes
   * @param sizes in bytes
   * @param decodeTimes in ticks, one more than there are samples: the last is the end
   * @param compositionOffsets presentation minus decode time in ticks; may be negative; empty if
   *     all are 0
   * @param sync which samples are sync samples
   */
  public SampleTable(
      long[] offsets, int[] sizes, long[] decodeTimes, int[] compositionOffsets, BitSet sync) {
    if (sizes.length != offsets.length
        || decodeTimes.length != offsets.length + 1
        || (compositionOffsets.length != 0 && compositionOffsets.length != offsets.length)) {
      throw new IllegalArgumentException("arrays of different lengths");
    }
    this.offsets = offsets;
    this.sizes = sizes;
    this.decodeTimes = decodeTimes;
    this.compositionOffsets = compositionOffsets;
    this.sync = sync;
    int max = 0;
    long total = 0;
    for (int size : sizes) {
      max = Math.max(max, size);
      total += size;
    }
    this.maxSize = max;
    this.totalBytes = total;
  }

  /**
   * The same samples where another file holds them.
   *
   * @param elsewhere as many samples, of the same sizes
   */
  public SampleTable at(SampleTable elsewhere) {
    return new SampleTable(elsewhere.offsets, sizes, decodeTimes, compositionOffsets, sync);
  }

  public int count() {
    return sizes.length;
  }

  /** In bytes from the start of the file. */
  public long offset(int sample) {
    return offsets[sample];
  }

  /** In bytes. */
  public int size(int sample) {
    return sizes[sample];
  }

  /**
   * In ticks of the track's timescale. That of sample 0 is not 0 in a recording whose fragments
   * begin later.
   *
   * @param sample 0 to {@link #count}, where the latter gives the end of the track
   */
  public long decodeTime(int sample) {
    return decodeTimes[sample];
  }

  /** In ticks, before any edit list. */
  public long presentationTime(int sample) {
    return decodeTimes[sample] + compositionOffset(sample);
  }

  /** In ticks; may be negative. */
  public int compositionOffset(int sample) {
    return compositionOffsets.length == 0 ? 0 : compositionOffsets[sample];
  }

  /** In ticks: to the decode time of the next sample, over any gap between fragments. */
  public long duration(int sample) {
    return decodeTimes[sample + 1] - decodeTimes[sample];
  }

  public boolean hasCompositionOffsets() {
    return compositionOffsets.length != 0;
  }

  public boolean isSync(int sample) {
    return sync.get(sample);
  }

  /** The next sync sample at or after {@code sample}, or -1. */
  public int nextSync(int sample) {
    return sync.nextSetBit(sample);
  }

  public int syncCount() {
    return sync.cardinality();
  }

  /** Size of the largest sample in bytes. */
  public int maxSize() {
    return maxSize;
  }

  /** Of all samples, in bytes. */
  public long totalBytes() {
    return totalBytes;
  }
}
