package io.keymux.packager.decrypt;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.isobmff.SampleTable;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Finds the samples of a track by their place in the source. */
final class SampleSpans {
  private final SampleTable samples;

  /** Samples by rising place; empty if they lie in decode order. */
  private final int[] order;

  private SampleSpans(SampleTable samples, int[] order) {
    this.samples = samples;
    this.order = order;
  }

  /**
   * @param name of the source, for messages
   * @throws DrmException with code {@code malformed-mp4} if two samples share bytes: they cannot
   *     both be encrypted
   */
  static SampleSpans of(SampleTable samples, String name) {
    SampleSpans inOrder = new SampleSpans(samples, new int[0]);
    if (inOrder.overlap() < 0) {
      return inOrder;
    }
    int[] order =
        IntStream.range(0, samples.count())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> samples.offset(i))
                    .thenComparingInt(samples::size))
            .mapToInt(Integer::intValue)
            .toArray();
    SampleSpans sorted = new SampleSpans(samples, order);
    int overlap = sorted.overlap();
    if (overlap >= 0) {
      throw new DrmException(
          Blame.CALLER,
          "malformed-mp4",
          "Input %s: encrypted samples %d and %d share bytes."
              .formatted(name, sorted.at(overlap - 1) + 1, sorted.at(overlap) + 1),
          "The file is damaged; make it anew.");
    }
    return sorted;
  }

  /** The first position whose sample begins before the end of the one before it, or -1. */
  private int overlap() {
    for (int i = 1; i < samples.count(); i++) {
      if (samples.offset(at(i)) < end(at(i - 1))) {
        return i;
      }
    }
    return -1;
  }

  private long end(int sample) {
    return samples.offset(sample) + samples.size(sample);
  }

  int count() {
    return samples.count();
  }

  /** The sample at a position of the order by place. */
  int at(int position) {
    return order.length == 0 ? position : order[position];
  }

  /** The first position whose sample ends behind a byte of the source. */
  int firstBehind(long offset) {
    int low = 0;
    int high = samples.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(at(middle)) > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
