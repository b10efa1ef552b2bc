package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import java.util.Optional;

/**
 * Where the chunks of a track begin in the file.
 *
 * @see "ISO/IEC 14496-12, 8.7.5 Chunk Offset Box"
 */
final class ChunkOffsets {
  /** No file is larger, and a chunk's sizes can be added without overflow. */
  private static final long MAX_OFFSET = Long.MAX_VALUE >> 1;

  private final long[] offsets;

  private ChunkOffsets(long[] offsets) {
    this.offsets = offsets;
  }

  static ChunkOffsets read(Children stbl) {
    Optional<Box> wide = stbl.findEither("co64", "stco");
    BoxReader body = wide.isPresent() ? wide.get().body() : stbl.require("stco").body();
    body.skip(4);
    long[] offsets = new long[body.count(wide.isPresent() ? 8 : 4, "chunk offset")];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = wide.isPresent() ? body.u64("chunk offset") : body.u32();
      if (offsets[i] > MAX_OFFSET) {
        throw new MalformedBoxException(body.offset(), "chunk offset " + offsets[i]);
      }
    }
    return new ChunkOffsets(offsets);
  }

  int count() {
    return offsets.length;
  }

  long offset(int chunk) {
    return offsets[chunk];
  }
}
