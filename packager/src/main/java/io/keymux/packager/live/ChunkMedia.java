package io.keymux.packager.live;

import java.util.Arrays;

/**
 * Where the media of one chunk lies, and which of it is samples. Reused.
 *
 * @see "ISO/IEC 14496-12, 8.1.1 Media Data Box"
 */
final class ChunkMedia {
  /** Start and end of each {@code mdat}'s content. */
  private int[] data = new int[8];

  private int dataCount;

  /** Start and end of each run of samples, packed. */
  private long[] runs = new long[8];

  private int runCount;

  void reset() {
    dataCount = 0;
    runCount = 0;
  }

  void addData(int start, int end) {
    if (dataCount == data.length) {
      data = Arrays.copyOf(data, dataCount * 2);
    }
    data[dataCount] = start;
    data[dataCount + 1] = end;
    dataCount += 2;
  }

  /** A run of samples that has bytes. */
  void addRun(long start, long end) {
    if (runCount == runs.length) {
      runs = Arrays.copyOf(runs, runCount * 2);
    }
    runs[runCount++] = start << 32 | end;
  }

  /**
   * Holds that all samples lie in media, and none over another.
   *
   * @throws io.keymux.cpix.box.MalformedBoxException if not
   */
  void requireApart(SegmentBoxes boxes, Chunk chunk) {
    Arrays.sort(runs, 0, runCount);
    int before = chunk.moofEnd;
    int box = 0;
    for (int i = 0; i < runCount; i++) {
      int first = (int) (runs[i] >>> 32);
      int last = (int) runs[i];
      while (box < dataCount && data[box + 1] < last) {
        box += 2;
      }
      if (first < before || box == dataCount || first < data[box]) {
        throw boxes.malformed(
            chunk.moof,
            "samples at %d to %d of the array are not in an mdat of their own"
                .formatted(first, last));
      }
      before = last;
    }
  }
}
