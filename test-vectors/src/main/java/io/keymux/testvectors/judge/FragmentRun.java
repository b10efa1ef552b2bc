package io.keymux.testvectors.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the samples of one track fragment lie.
 *
 * @param traf the box itself
 * @param entryIndex sample description index, counts from 1
 * @param auxBase offset in the file that {@code saio} counts from
 * @param offsets of the samples in the file
 * @param sizes of the samples in bytes
 * @see "ISO/IEC 14496-12, Track Fragment Header and Track Fragment Run boxes"
 */
record FragmentRun(
    Box traf,
    int trackId,
    int entryIndex,
    int auxBase,
    List<Integer> offsets,
    List<Integer> sizes) {
  private static final int BASE_DATA_OFFSET = 0x1;
  private static final int ENTRY_INDEX = 0x2;
  private static final int DEFAULT_DURATION = 0x8;
  private static final int DEFAULT_SIZE = 0x10;
  private static final int DEFAULT_BASE_IS_MOOF = 0x20000;

  FragmentRun {
    offsets = List.copyOf(offsets);
    sizes = List.copyOf(sizes);
  }

  static int trackId(Box traf) {
    return traf.require("tfhd").count(4);
  }

  static FragmentRun of(Box moof, Box traf, TrackHeader header) {
    Box tfhd = traf.require("tfhd");
    int flags = tfhd.flags();
    int at = 8;
    int base = moof.start();
    if ((flags & BASE_DATA_OFFSET) != 0) {
      base = Math.toIntExact(tfhd.u64(at));
      at += 8;
    } else if ((flags & DEFAULT_BASE_IS_MOOF) == 0 && moof.children("traf").size() > 1) {
      throw UnreadableMediaException.unsupported(
          tfhd.start(), "several tracks in one fragment without default-base-is-moof");
    }
    int entryIndex = header.defaultEntry();
    if ((flags & ENTRY_INDEX) != 0) {
      entryIndex = tfhd.count(at);
      at += 4;
    }
    at += (flags & DEFAULT_DURATION) != 0 ? 4 : 0;
    int defaultSize = (flags & DEFAULT_SIZE) != 0 ? tfhd.count(at) : header.defaultSize();
    List<Integer> offsets = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    int data = base;
    for (Box trun : traf.children("trun")) {
      data = readTrun(trun, base, data, defaultSize, offsets, sizes);
    }
    return new FragmentRun(traf, header.id(), entryIndex, base, offsets, sizes);
  }

  private static int readTrun(
      Box trun, int base, int next, int defaultSize, List<Integer> offsets, List<Integer> sizes) {
    int flags = trun.flags();
    int count = trun.count(4);
    int at = 8;
    int data = next;
    if ((flags & 0x1) != 0) {
      // Signed: 32 bits taken as they are.
      data = base + (int) trun.u32(at);
      at += 4;
    }
    at += (flags & 0x4) != 0 ? 4 : 0;
    for (int i = 0; i < count; i++) {
      at += (flags & 0x100) != 0 ? 4 : 0;
      int size = defaultSize;
      if ((flags & 0x200) != 0) {
        size = trun.count(at);
        at += 4;
      }
      at += (flags & 0x400) != 0 ? 4 : 0;
      at += (flags & 0x800) != 0 ? 4 : 0;
      offsets.add(data);
      sizes.add(size);
      data += size;
    }
    if (at != trun.bodySize()) {
      throw trun.malformed(at, "has " + (trun.bodySize() - at) + " bytes too many");
    }
    return data;
  }
}
