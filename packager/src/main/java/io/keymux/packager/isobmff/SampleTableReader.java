package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Unfolds the tables of {@code stbl} into one row per sample.
 *
 * @see "ISO/IEC 14496-12, 8.6.1 Time to Sample Boxes, 8.6.2 Sync Sample Box, 8.7 Sample Data
 *     Layout"
 */
final class SampleTableReader {
  private final Children stbl;
  private final SampleBudget budget;

  /** Hears of the chunks in order. */
  @FunctionalInterface
  interface Chunks {
    /**
     * @param firstSample index of its first sample
     * @param entry of all its samples, counted from 1
     */
    void chunk(int firstSample, int entry);
  }

  SampleTableReader(Children stbl, SampleBudget budget) {
    this.stbl = stbl;
    this.budget = budget;
  }

  /**
   * Appends the samples of {@code moov}, often none in a fragmented file.
   *
   * @param listener hears of each chunk
   */
  void read(SampleTableBuilder builder, Chunks listener) {
    int[] sizes = sizes();
    int count = sizes.length;
    int[] durations = durations(count);
    int[] compositionOffsets = compositionOffsets(count);
    BitSet sync = sync(count);
    long[] offsets = offsets(sizes, listener);
    builder.reserve(count);
    for (int i = 0; i < count; i++) {
      builder.add(offsets[i], sizes[i], durations[i], compositionOffsets[i], sync.get(i));
    }
  }

  private int[] sizes() {
    Optional<Box> compact = stbl.findEither("stz2", "stsz");
    Box box = compact.isPresent() ? compact.get() : stbl.require("stsz");
    BoxReader body = box.body();
    body.skip(4);
    return compact.isPresent() ? compactSizes(body) : plainSizes(body);
  }

  private int[] plainSizes(BoxReader body) {
    long at = body.offset();
    long uniform = body.u32();
    if (uniform == 0) {
      int[] sizes = new int[take(body.count(4, "sample size"))];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = length(body.u32(), body.offset() - 4);
      }
      return sizes;
    }
    int[] sizes = new int[take(body.u32())];
    Arrays.fill(sizes, length(uniform, at));
    return sizes;
  }

  private int[] compactSizes(BoxReader body) {
    body.skip(3);
    long at = body.offset();
    int bits = body.u8();
    if (bits != 4 && bits != 8 && bits != 16) {
      throw new MalformedBoxException(at, "stz2 field size " + bits + " is not 4, 8 or 16");
    }
    long count = body.u32();
    if (count * bits > 8L * body.remaining()) {
      throw body.malformed(
          "%d x %d bits do not fit in %d bytes".formatted(count, bits, body.remaining()));
    }
    int[] sizes = new int[take(count)];
    int pair = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (bits == 16) {
        sizes[i] = body.u16();
      } else if (bits == 8) {
        sizes[i] = body.u8();
      } else if (i % 2 == 0) {
        pair = body.u8();
        sizes[i] = pair >> 4;
      } else {
        sizes[i] = pair & 0xf;
      }
    }
    return sizes;
  }

  private int take(long count) {
    budget.take(count);
    return (int) count;
  }

  private static int length(long size, long at) {
    if (size > Integer.MAX_VALUE) {
      throw new MalformedBoxException(at, "sample of " + size + " bytes");
    }
    return (int) size;
  }

  private int[] durations(int count) {
    Box stts = stbl.require("stts");
    BoxReader body = stts.body();
    body.skip(4);
    int[] durations = new int[count];
    int filled = 0;
    for (int runs = body.count(8, "stts run"); runs > 0; runs--) {
      long length = body.u32();
      long at = body.offset();
      int duration = body.i32();
      if (duration < 0) {
        throw new MalformedBoxException(at, "negative sample duration " + duration);
      }
      filled = fill(durations, filled, length, duration, stts);
    }
    complete(filled, count, stts);
    return durations;
  }

  /** Version 0 is unsigned by the book, but every writer of large values means negative ones. */
  private int[] compositionOffsets(int count) {
    int[] values = new int[count];
    Optional<Box> found = stbl.find("ctts");
    if (found.isPresent()) {
      Box ctts = found.get();
      BoxReader body = ctts.body();
      body.skip(4);
      int filled = 0;
      for (int runs = body.count(8, "ctts run"); runs > 0; runs--) {
        filled = fill(values, filled, body.u32(), body.i32(), ctts);
      }
      complete(filled, count, ctts);
    }
    return values;
  }

  private static int fill(int[] values, int filled, long length, int value, Box table) {
    if (length > values.length - filled) {
      throw new MalformedBoxException(
          table.offset(),
          "%s describes more than the %d samples of the track"
              .formatted(table.name(), values.length));
    }
    Arrays.fill(values, filled, filled + (int) length, value);
    return filled + (int) length;
  }

  private static void complete(int filled, int count, Box table) {
    if (filled != count) {
      throw new MalformedBoxException(
          table.offset(),
          "%s describes %d of the %d samples of the track".formatted(table.name(), filled, count));
    }
  }

  private BitSet sync(int count) {
    BitSet sync = new BitSet(count);
    Optional<Box> stss = stbl.find("stss");
    if (stss.isEmpty()) {
      sync.set(0, count);
      return sync;
    }
    BoxReader body = stss.get().body();
    body.skip(4);
    for (int left = body.count(4, "sync sample"); left > 0; left--) {
      long sample = body.u32();
      if (sample < 1 || sample > count) {
        throw body.malformed("sync sample %d of %d".formatted(sample, count));
      }
      sync.set((int) sample - 1);
    }
    return sync;
  }

  private long[] offsets(int[] sizes, Chunks listener) {
    ChunkOffsets chunks = ChunkOffsets.read(stbl);
    Box stsc = stbl.require("stsc");
    BoxReader body = stsc.body();
    body.skip(4);
    int runs = body.count(12, "stsc run");
    long[] offsets = new long[sizes.length];
    if (sizes.length == 0 && chunks.count() == 0) {
      return offsets;
    }
    int sample = 0;
    long next = runs == 0 ? chunks.count() + 1L : body.u32();
    if (next != 1 && chunks.count() > 0) {
      throw new MalformedBoxException(stsc.offset(), "stsc does not begin with chunk 1");
    }
    for (int run = 1; run <= runs; run++) {
      long first = next;
      long perChunk = body.u32();
      long entry = body.u32();
      next = run < runs ? body.u32() : chunks.count() + 1L;
      if (first >= next || next > chunks.count() + 1L) {
        throw new MalformedBoxException(
            stsc.offset(),
            "stsc names chunks %d to %d of %d".formatted(first, next - 1, chunks.count()));
      }
      if (entry < 1 || entry > 0xffff) {
        throw new MalformedBoxException(stsc.offset(), "stsc names sample entry " + entry);
      }
      for (long chunk = first; chunk < next; chunk++) {
        if (perChunk > sizes.length - sample) {
          throw tooMany(stsc, sizes.length);
        }
        long at = chunks.offset((int) chunk - 1);
        listener.chunk(sample, (int) entry);
        for (int end = sample + (int) perChunk; sample < end; sample++) {
          offsets[sample] = at;
          at += sizes[sample];
        }
      }
    }
    complete(sample, sizes.length, stsc);
    return offsets;
  }

  private static MalformedBoxException tooMany(Box stsc, int samples) {
    return new MalformedBoxException(
        stsc.offset(), "stsc describes more than the %d samples of the track".formatted(samples));
  }
}
