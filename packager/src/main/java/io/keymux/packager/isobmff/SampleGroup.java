package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of sample group: which description each sample of a track has. Immutable.
 *
 * @see "ISO/IEC 14496-12, 8.9 Sample group structures and 10 Sample groups"
 */
public final class SampleGroup {
  private final int type;
  private final @Nullable Long parameter;
  private final List<Bytes> descriptions;
  private final int[] ends;
  private final int[] indexes;

  /** Neighbours with the same description, counted from 1; 0 if they have none. */
  public record Run(int samples, int index) {}

  /**
   * @param ends one behind the last sample of each run, rising; samples behind have none
   * @param indexes of each run's description, counted from 1, or 0
   */
  SampleGroup(
      int type, @Nullable Long parameter, List<Bytes> descriptions, int[] ends, int[] indexes) {
    this.type = type;
    this.parameter = parameter;
    this.descriptions = List.copyOf(descriptions);
    this.ends = ends;
    this.indexes = indexes;
  }

  /** Four characters as a number: {@code roll}, {@code rap }. */
  public int type() {
    return type;
  }

  /** {@code grouping_type_parameter}, or null if there is none. */
  public @Nullable Long parameter() {
    return parameter;
  }

  /** Each once, at least one. */
  public List<Bytes> descriptions() {
    return descriptions;
  }

  /**
   * Of the samples from {@code first} up to {@code end}, but for those behind the last with one.
   */
  public List<Run> runs(int first, int end) {
    List<Run> runs = new ArrayList<>();
    int sample = first;
    int found = Arrays.binarySearch(ends, first);
    for (int i = found < 0 ? -found - 1 : found + 1; sample < end && i < ends.length; i++) {
      int to = Math.min(end, ends[i]);
      runs.add(new Run(to - sample, indexes[i]));
      sample = to;
    }
    int last = runs.size() - 1;
    if (last >= 0 && runs.get(last).index() == 0) {
      runs.remove(last);
    }
    return runs;
  }
}
