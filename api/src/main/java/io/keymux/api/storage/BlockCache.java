package io.keymux.api.storage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of all open remote files that are in memory, those used last kept longest. It holds
 * more than its limit only while that much is on its way.
 */
final class BlockCache {
  private static final int LONGEST_RUN = 16;

  private final int limit;

  /** By file and index, the one used last at the end. */
  private final Map<Place, Block> blocks = new LinkedHashMap<>(256, 0.75f, true);

  private int files;

  /**
   * @param file compared by identity: two openings of a file may see different versions
   */
  private record Place(RemoteSource file, long index) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place that && that.file == file && that.index == index;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(file) * 31 + Long.hashCode(index);
    }
  }

  /**
   * Blocks that nobody has asked for yet.
   *
   * @param first index of the first
   */
  record Run(long first, List<Block> blocks) {}

  /** What a reader gets, and what is to be fetched for it, and for those who come after. */
  record Found(Block block, List<Run> missing) {}

  /**
   * @param bytes at most so many are kept
   */
  BlockCache(long bytes) {
    limit = (int) Math.max(LONGEST_RUN, bytes / Block.BYTES);
  }

  synchronized void opened() {
    files++;
  }

  synchronized void closed(RemoteSource file) {
    files--;
    blocks.keySet().removeIf(place -> place.file == file);
  }

  synchronized void failed(RemoteSource file, long index, Block block) {
    blocks.remove(new Place(file, index), block);
  }

  /**
   * The block of that index. Whoever reads on from a block that is here gets the blocks behind it
   * in runs that become longer; whoever jumps gets single ones.
   */
  synchronized Found find(RemoteSource file, long index) {
    List<Run> missing = new ArrayList<>(2);
    Block block = blocks.get(new Place(file, index));
    if (block == null) {
      Block before = index == 0 ? null : blocks.get(new Place(file, index - 1));
      int length = before == null ? 1 : longer(before.run());
      Run run = add(file, index, length, before != null);
      missing.add(run);
      block = run.blocks().get(0);
    }
    if (block.takeMark() && block.next() < file.blocks()) {
      Run ahead = add(file, block.next(), longer(block.run()), true);
      if (!ahead.blocks().isEmpty()) {
        missing.add(ahead);
      }
    }
    return new Found(block, missing);
  }

  /** With many files open at once, each has less. */
  private int longer(int run) {
    int share = limit / (4 * Math.max(1, files));
    return Math.max(1, Math.min(Math.min(LONGEST_RUN, share), run * 4));
  }

  private Run add(RemoteSource file, long first, int length, boolean ahead) {
    long end = Math.min(file.blocks(), first + length);
    for (long i = first; i < end; i++) {
      if (blocks.containsKey(new Place(file, i))) {
        end = i;
      }
    }
    List<Block> added = new ArrayList<>();
    for (long i = first; i < end; i++) {
      Block block = new Block((int) (end - first), end, ahead && i == first);
      added.add(block);
      blocks.put(new Place(file, i), block);
    }
    dropOldest();
    return new Run(first, added);
  }

  private void dropOldest() {
    Iterator<Block> oldest = blocks.values().iterator();
    for (int excess = blocks.size() - limit; excess > 0 && oldest.hasNext(); ) {
      if (oldest.next().content().isDone()) {
        oldest.remove();
        excess--;
      }
    }
  }
}
