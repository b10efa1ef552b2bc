package io.keymux.packager.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which IVs a key was used with. IVs that count up are kept as one range, so that a long
 * track costs nothing.
 */
final class IvRanges {
  private final Map<Object, List<long[]>> ranges = new HashMap<>();
  private final Set<String> others = new HashSet<>();

  /**
   * Takes note of an IV.
   *
   * @param iv 8 or 16 bytes
   * @return false if it was used before under the same key
   */
  boolean add(Object key, byte[] iv) {
    ByteBuffer buffer = ByteBuffer.wrap(iv);
    long value = buffer.getLong();
    if (iv.length == 16 && buffer.getLong() != 0) {
      return others.add(key + java.util.HexFormat.of().formatHex(iv));
    }
    List<long[]> used = ranges.computeIfAbsent(key, k -> new ArrayList<>());
    for (long[] range : used) {
      if (Long.compareUnsigned(value - range[0], range[1]) < 0) {
        return false;
      }
    }
    for (long[] range : used) {
      if (value == range[0] + range[1]) {
        range[1]++;
        return true;
      }
    }
    used.add(new long[] {value, 1});
    return true;
  }
}
