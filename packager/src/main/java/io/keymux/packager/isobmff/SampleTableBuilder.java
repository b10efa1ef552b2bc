package io.keymux.packager.isobmff;

import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import java.util.Arrays;
import java.util.BitSet;

/** Collects the samples of one track from {@code moov} and from its fragments, in decode order. */
final class SampleTableBuilder {
  private long[] offsets = {};
  private int[] sizes = {};
  private long[] decodeTimes = {};
  private int[] compositionOffsets = {};
  private boolean anyCompositionOffset;
  private final BitSet sync = new BitSet();
  private int count;
  private long end;
  private long fileStart;
  private long longest;

  int count() {
    return count;
  }

  /** Makes room for {@code more} samples, whose number has been checked. */
  void reserve(int more) {
    int needed = Math.addExact(count, more);
    if (needed > sizes.length) {
      int capacity = Math.max(needed, count + (count >> 1));
      offsets = Arrays.copyOf(offsets, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
      decodeTimes = Arrays.copyOf(decodeTimes, capacity);
      compositionOffsets = Arrays.copyOf(compositionOffsets, capacity);
    }
  }

  /**
   * Appends a sample, which decodes when the one before ends. {@link #reserve} comes first.
   *
   * @param duration in ticks, at least 0
   * @param compositionOffset in ticks
   */
  void add(long offset, int size, long duration, int compositionOffset, boolean isSync) {
    offsets[count] = offset;
    sizes[count] = size;
    decodeTimes[count] = end;
    compositionOffsets[count] = compositionOffset;
    anyCompositionOffset |= compositionOffset != 0;
    sync.set(count, isSync);
    count++;
    end += duration;
    longest = Math.max(longest, duration);
  }

  /** The smallest presentation time from the sample {@code first} on, in ticks. */
  long earliestPresentation(int first) {
    long earliest = Long.MAX_VALUE;
    for (int i = first; i < count; i++) {
      earliest = Math.min(earliest, decodeTimes[i] + compositionOffsets[i]);
    }
    return earliest;
  }

  /** In bytes, from the sample {@code first} on. */
  int[] sizes(int first) {
    return Arrays.copyOfRange(sizes, first, count);
  }

  /** When the last sample ends, in ticks. */
  long end() {
    return end;
  }

  /** Whether samples come from another file than before. */
  boolean opensFile(long start) {
    boolean opens = start != fileStart;
    fileStart = start;
    return opens;
  }

  /**
   * Whether a segment that begins at that time follows on. The times of two segments may differ by
   * rounding, but not by a sample: such a gap tells that a segment is missing.
   */
  boolean goesOnAt(long decodeTime) {
    boolean goesOn = count == 0 || longest == 0 || Math.abs(decodeTime - end) < longest;
    longest = 0;
    return goesOn;
  }

  /**
   * Sets when the next sample decodes. After a gap the sample before it lasts longer; where
   * fragments overlap a little it lasts shorter.
   *
   * @param at place of the time in the file, for messages
   * @throws MalformedBoxException if time would run backwards
   */
  void startAt(long decodeTime, long at) {
    if (count > 0 && decodeTime < decodeTimes[count - 1]) {
      throw new MalformedBoxException(
          at,
          "decode time goes back from %d to %d ticks"
              .formatted(decodeTimes[count - 1], decodeTime));
    }
    end = decodeTime;
  }

  /** Adds time in which there is no sample. */
  void skipTime(long ticks) {
    end += ticks;
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code input-truncated} if a sample is not inside
   *     the source
   */
  SampleTable build(MediaSource source, int trackId) {
    long sourceBytes = source.size();
    for (int i = 0; i < count; i++) {
      if (offsets[i] < 0 || offsets[i] > sourceBytes - sizes[i]) {
        SourcePart part = source.part(Math.max(0, Math.min(offsets[i], sourceBytes - 1)));
        throw BadInput.sampleTruncated(part, trackId, i + 1, offsets[i], sizes[i]);
      }
    }
    long[] times = Arrays.copyOf(decodeTimes, count + 1);
    times[count] = end;
    return new SampleTable(
        Arrays.copyOf(offsets, count),
        Arrays.copyOf(sizes, count),
        times,
        anyCompositionOffset ? Arrays.copyOf(compositionOffsets, count) : new int[0],
        sync);
  }
}
