package io.keymux.packager.encrypt;

import io.keymux.cpix.box.BoxWriter;
import java.util.Arrays;

/**
 * The clear and protected byte ranges of one sample, in the form that {@code senc} holds them.
 *
 * <p>Neighbouring clear ranges are merged, and a clear run of more than 65535 bytes is split, so
 * that the number of entries is the smallest possible. Reused from sample to sample; not
 * thread-safe.
 *
 * @see "ISO/IEC 23001-7, 7.2 Sample Encryption Information box"
 */
public final class SubsampleMap {
  static final int MAX_CLEAR = 0xffff;

  private int[] clear = new int[16];
  private int[] protectedBytes = new int[16];
  private int count;
  private long pendingClear;

  /** Forgets all ranges. */
  public void reset() {
    count = 0;
    pendingClear = 0;
  }

  /** Appends clear bytes; they join the clear bytes before them. */
  public void addClear(int bytes) {
    pendingClear += bytes;
  }

  /**
   * Appends a protected range behind the clear bytes added so far.
   *
   * @param bytes at least 1
   */
  public void addProtected(int bytes) {
    while (pendingClear > MAX_CLEAR) {
      append(MAX_CLEAR, 0);
      pendingClear -= MAX_CLEAR;
    }
    append((int) pendingClear, bytes);
    pendingClear = 0;
  }

  /** Ends the sample: clear bytes at its end get an entry. */
  public void finish() {
    while (pendingClear > 0) {
      int bytes = (int) Math.min(MAX_CLEAR, pendingClear);
      append(bytes, 0);
      pendingClear -= bytes;
    }
  }

  public int count() {
    return count;
  }

  public int clear(int entry) {
    return clear[entry];
  }

  public int protectedBytes(int entry) {
    return protectedBytes[entry];
  }

  /** Bytes of {@link #write}. */
  public int encodedSize() {
    return 2 + 6 * count;
  }

  /** Writes subsample_count and the entries as in {@code senc}. */
  public void write(BoxWriter out) {
    out.u16(count);
    for (int i = 0; i < count; i++) {
      out.u16(clear[i]).u32(protectedBytes[i]);
    }
  }

  private void append(int clearBytes, int protectedCount) {
    if (count == clear.length) {
      clear = Arrays.copyOf(clear, count * 2);
      protectedBytes = Arrays.copyOf(protectedBytes, count * 2);
    }
    clear[count] = clearBytes;
    protectedBytes[count++] = protectedCount;
  }
}
