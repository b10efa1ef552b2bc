package io.keymux.packager.encrypt;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SampleRanges;
import io.keymux.packager.codec.SubsampleCodec;

/**
 * Lays out the subsamples of samples that are protected in parts.
 *
 * <pre>
 * cenc  |headers| rest mod 16 |== protected, n x 16 ==|
 * cbcs  |headers|============ protected ==============|
 * </pre>
 *
 * <p>Has the state of the codec's parser: one for each thread and segment.
 *
 * @see "ISO/IEC 23001-7, 9.5 Protection of specific video formats"
 */
public final class SubsampleLayout {
  private static final int BLOCK_BYTES = 16;

  private final SampleParser parser;
  private final Cutter cutter;

  public SubsampleLayout(SubsampleCodec codec, ProtectionScheme scheme) {
    this.parser = codec.newSampleParser();
    this.cutter = new Cutter(scheme != ProtectionScheme.CBCS || codec.wholeBlocksInCbcs());
  }

  /**
   * Fills {@code map} with the ranges of one sample.
   *
   * @param data holds the sample
   * @param offset of its first byte
   * @param length in bytes
   * @throws DrmException as {@link SampleParser#parse}; {@code map} is then undefined
   */
  public void layOut(byte[] data, int offset, int length, SubsampleMap map) {
    map.reset();
    cutter.map = map;
    parser.parse(data, offset, length, cutter);
    map.finish();
  }

  /** As {@link SampleParser#readSegmentStart}. */
  public void readSegmentStart(byte[] start) {
    parser.readSegmentStart(start);
  }

  /** Leaves the bytes before the last whole blocks of a range clear, where whole blocks are due. */
  private static final class Cutter implements SampleRanges {
    private final boolean wholeBlocks;
    private SubsampleMap map = new SubsampleMap();

    Cutter(boolean wholeBlocks) {
      this.wholeBlocks = wholeBlocks;
    }

    @Override
    public void clear(int bytes) {
      map.addClear(bytes);
    }

    @Override
    public void protectable(int bytes) {
      int kept = wholeBlocks ? bytes % BLOCK_BYTES : 0;
      map.addClear(kept);
      if (bytes > kept) {
        map.addProtected(bytes - kept);
      }
    }
  }
}
