package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code csgp}, which repeats patterns of descriptions in fields of 4 to 32 bits.
 *
 * @see "ISO/IEC 14496-12, 8.9.5 Compact Sample to Group Box"
 */
final class CompactGroupMap {
  private static final int LOCAL = 0x80;
  private static final int PARAMETER = 0x40;

  private final BoxReader in;
  private final int samples;
  private int[] counts = new int[16];
  private int[] indexes = new int[16];
  private int runs;
  private int half = -1;

  private CompactGroupMap(BoxReader in, int samples) {
    this.in = in;
    this.samples = samples;
  }

  /**
   * @param in behind the header
   * @param samples that the box may speak of
   */
  static SampleToGroup read(BoxReader in, int samples) {
    return new CompactGroupMap(in, samples).read();
  }

  private SampleToGroup read() {
    int flags = in.i32();
    int type = in.i32();
    @Nullable Long parameter = (flags & PARAMETER) != 0 ? in.u32() : null;
    int lengthBits = bits(flags >> 4);
    int countBits = bits(flags >> 2);
    int indexBits = bits(flags);
    int patterns = in.count(1, "csgp pattern");
    long[] lengths = new long[patterns];
    long[] covered = new long[patterns];
    for (int i = 0; i < patterns; i++) {
      lengths[i] = field(lengthBits);
      covered[i] = field(countBits);
    }
    long left = samples;
    for (int i = 0; i < patterns; i++) {
      if (covered[i] > left) {
        throw in.malformed("csgp describes more than the %d samples".formatted(samples));
      }
      left -= covered[i];
      repeat(pattern(lengths[i], indexBits, (flags & LOCAL) != 0), (int) covered[i]);
    }
    return new SampleToGroup(
        type, parameter, Arrays.copyOf(counts, runs), Arrays.copyOf(indexes, runs));
  }

  private static int bits(int code) {
    return 4 << (code & 3);
  }

  /** In numbers of {@code sbgp}, where those of the fragment itself begin behind 0x10000. */
  private int[] pattern(long length, int indexBits, boolean highestIsLocal) {
    if (length > 2L * in.remaining() + 1) {
      throw in.malformed("csgp pattern of %d samples".formatted(length));
    }
    int[] pattern = new int[(int) length];
    long local = 1L << (indexBits - 1);
    for (int i = 0; i < pattern.length; i++) {
      long index = field(indexBits);
      boolean own = highestIsLocal && (index & local) != 0;
      pattern[i] = own ? 0x10000 + (int) (index & (local - 1)) : (int) index;
    }
    return pattern;
  }

  private void repeat(int[] pattern, int count) {
    if (count > 0 && pattern.length == 0) {
      throw in.malformed("csgp pattern without samples");
    }
    for (int i = 0; i < count; i++) {
      int index = pattern[i % pattern.length];
      if (runs == 0 || indexes[runs - 1] != index) {
        if (runs == indexes.length) {
          indexes = Arrays.copyOf(indexes, runs * 2);
          counts = Arrays.copyOf(counts, runs * 2);
        }
        indexes[runs] = index;
        counts[runs++] = 0;
      }
      counts[runs - 1]++;
    }
  }

  private long field(int bits) {
    long value = 0;
    for (int read = 0; read < bits; read += 4) {
      value = value << 4 | nibble();
    }
    return value;
  }

  private int nibble() {
    if (half >= 0) {
      int low = half;
      half = -1;
      return low;
    }
    int both = in.u8();
    half = both & 0xf;
    return both >>> 4;
  }
}
