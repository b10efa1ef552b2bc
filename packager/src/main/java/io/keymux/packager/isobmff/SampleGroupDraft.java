package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind of sample group, while samples are still being collected. */
final class SampleGroupDraft {
  private final int type;
  private final @Nullable Long parameter;
  private final Map<Bytes, Integer> numbers = new LinkedHashMap<>();
  private int[] ends = new int[8];
  private int[] indexes = new int[8];
  private int runs;

  SampleGroupDraft(int type, @Nullable Long parameter) {
    this.type = type;
    this.parameter = parameter;
  }

  int type() {
    return type;
  }

  /**
   * Appends a run; samples between it and the last one have no description.
   *
   * @param first index of its first sample
   */
  void add(int first, int samples, @Nullable Bytes description) {
    if (samples > 0 && description != null) {
      int index = numbers.computeIfAbsent(description, d -> numbers.size() + 1);
      append(first, 0);
      append(first + samples, index);
    }
  }

  private void append(int end, int index) {
    int last = runs == 0 ? 0 : ends[runs - 1];
    if (end == last) {
      return;
    }
    if (runs > 0 && indexes[runs - 1] == index) {
      ends[runs - 1] = end;
      return;
    }
    if (runs == ends.length) {
      ends = Arrays.copyOf(ends, runs * 2);
      indexes = Arrays.copyOf(indexes, runs * 2);
    }
    ends[runs] = end;
    indexes[runs++] = index;
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  SampleGroup build() {
    return new SampleGroup(
        type,
        parameter,
        List.copyOf(numbers.keySet()),
        Arrays.copyOf(ends, runs),
        Arrays.copyOf(indexes, runs));
  }
}
