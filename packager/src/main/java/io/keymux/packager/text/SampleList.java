package io.keymux.packager.text;

import io.keymux.packager.isobmff.SampleTable;
import java.util.Arrays;
import java.util.BitSet;

/** Collects samples that follow each other without gaps, some of them with bytes of their own. */
final class SampleList {
  private final String source;
  private final long base;
  private byte[] added = new byte[4096];
  private int addedBytes;
  private long[] offsets = new long[64];
  private int[] sizes = new int[64];
  private long[] times = new long[64];
  private int count;
  private long end;

  /**
   * @param source its name, for messages
   * @param base where added bytes will lie, in bytes
   * @param start of the first sample, in ticks
   */
  SampleList(String source, long base, long start) {
    this.source = source;
    this.base = base;
    this.end = start;
  }

  /** When the next sample starts, in ticks. */
  long end() {
    return end;
  }

  int count() {
    return count;
  }

  /** Adds a sample that lies in the source. */
  void add(long offset, int size, long until) {
    if (count + 1 == sizes.length) {
      offsets = Arrays.copyOf(offsets, count * 2 + 2);
      sizes = Arrays.copyOf(sizes, count * 2 + 2);
      times = Arrays.copyOf(times, count * 2 + 2);
    }
    offsets[count] = offset;
    sizes[count] = size;
    times[count++] = end;
    end = until;
  }

  /**
   * Adds a sample with its bytes.
   *
   * @throws io.keymux.cpix.DrmException with code {@code text-too-large}
   */
  void add(byte[] sample, long until) {
    if (sample.length > BadText.MAX_BYTES - addedBytes) {
      throw BadText.tooLarge(source, "its samples would have");
    }
    if (addedBytes + sample.length > added.length) {
      added = Arrays.copyOf(added, Math.max(added.length * 2, addedBytes + sample.length));
    }
    System.arraycopy(sample, 0, added, addedBytes, sample.length);
    add(base + addedBytes, sample.length, until);
    addedBytes += sample.length;
  }

  SampleTable table() {
    long[] all = Arrays.copyOf(times, count + 1);
    all[count] = end;
    BitSet sync = new BitSet();
    sync.set(0, count);
    return new SampleTable(
        Arrays.copyOf(offsets, count), Arrays.copyOf(sizes, count), all, new int[0], sync);
  }

  byte[] added() {
    return Arrays.copyOf(added, addedBytes);
  }
}
