package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which counter blocks each key was used with, over all tracks: in counter mode a block
 * that is used twice gives both plain texts away. Neighbours are kept as one range, so that a long
 * track whose IVs count up costs nothing.
 *
 * <p>IVs of 8 and of 16 bytes under one key are not held against each other.
 */
final class IvLedger {
  private static final Counter NONE = new Counter(new KeyId(new UUID(0, 0)), 0, 0);

  private final Map<Counter, NavigableMap<Long, Range>> used = new HashMap<>();
  private final Set<String> fragments = new HashSet<>();
  private Counter last = NONE;
  private NavigableMap<Long, Range> lastRanges = new TreeMap<>();

  /** Ranges of one counter: IVs of 8 bytes, or blocks under the high half of 16-byte IVs. */
  private record Counter(KeyId key, int ivSize, long high) {}

  private record Range(long length, String owner) {}

  /** The samples of a track have the same counter, one after the other. */
  private NavigableMap<Long, Range> ranges(KeyId key, int ivSize, long high) {
    if (!last.key().equals(key) || last.ivSize() != ivSize || last.high() != high) {
      last = new Counter(key, ivSize, high);
      lastRanges = used.computeIfAbsent(last, c -> new TreeMap<>(Long::compareUnsigned));
    }
    return lastRanges;
  }

  /** False if the fragment was seen before: its IVs are its own then. */
  boolean isNew(String fragment) {
    return fragments.add(fragment);
  }

  /**
   * Takes note of an IV.
   *
   * @param owner the track
   * @param iv 8 or 16 bytes
   * @param blocks that are encrypted with it, at least 1
   * @return the track that has used the counter before, or null
   */
  @Nullable String add(KeyId key, String owner, byte[] iv, long blocks) {
    ByteBuffer buffer = ByteBuffer.wrap(iv);
    long high = buffer.getLong();
    boolean wide = iv.length == 16;
    long start = wide ? buffer.getLong() : high;
    long length = wide ? blocks : 1;
    NavigableMap<Long, Range> ranges = ranges(key, iv.length, wide ? high : 0);
    Map.Entry<Long, Range> below = ranges.floorEntry(start);
    if (below != null
        && Long.compareUnsigned(start - below.getKey(), below.getValue().length()) < 0) {
      return below.getValue().owner();
    }
    Map.Entry<Long, Range> above = ranges.ceilingEntry(start);
    if (above != null && Long.compareUnsigned(above.getKey() - start, length) < 0) {
      return above.getValue().owner();
    }
    if (below != null
        && start - below.getKey() == below.getValue().length()
        && below.getValue().owner().equals(owner)) {
      ranges.put(below.getKey(), new Range(below.getValue().length() + length, owner));
    } else {
      ranges.put(start, new Range(length, owner));
    }
    return null;
  }
}
