package io.keymux.packager.encrypt;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.codec.SliceHeaderParser;

/**
 * Lays out the subsamples of a sample made of length-prefixed NAL units: slice data is protected,
 * everything else stays clear.
 *
 * <pre>
 * cenc  |len|hdr|slice header| rest mod 16 |== protected, n x 16 ==|
 * cbcs  |len|hdr|slice header|============== protected ============|
 * </pre>
 *
 * <p>Has the state of the stream's parameter sets: one for each thread and segment.
 *
 * @see "ISO/IEC 23001-7, 9.5.2 Structure of NAL video tracks"
 */
public final class NalSubsamples {
  private static final int BLOCK_BYTES = 16;

  private final int lengthSize;
  private final SliceHeaderParser parser;
  private final boolean wholeBlocks;

  public NalSubsamples(NalCodec codec, ProtectionScheme scheme) {
    this.lengthSize = codec.lengthSize();
    this.parser = codec.newParser();
    this.wholeBlocks = scheme != ProtectionScheme.CBCS;
  }

  /**
   * Fills {@code map} with the ranges of one sample.
   *
   * @param data holds the sample
   * @param offset of its first byte
   * @param length in bytes
   * @throws DrmException with code {@code nal-length-invalid} if a NAL unit leaves the sample, or
   *     {@code slice-header-unreadable}; {@code map} is then undefined
   */
  public void layOut(byte[] data, int offset, int length, SubsampleMap map) {
    map.reset();
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (end - at < lengthSize) {
        throw badLength(at - offset, end - at, length);
      }
      long nalLength = nalLength(data, at);
      int nal = at + lengthSize;
      if (nalLength > end - nal) {
        throw badLength(at - offset, nalLength, length);
      }
      layOutNal(data, nal, (int) nalLength, map);
      at = nal + (int) nalLength;
    }
    map.finish();
  }

  /**
   * Takes over the parameter sets at the start of a sample.
   *
   * @param start of the sample, perhaps cut off: the first NAL unit that does not fit ends the
   *     search
   */
  public void readParameterSets(byte[] start) {
    int at = 0;
    while (start.length - at > lengthSize) {
      long nalLength = nalLength(start, at);
      int nal = at + lengthSize;
      if (nalLength == 0 || nalLength > start.length - nal) {
        return;
      }
      if (parser.clearBytes(start, nal, (int) nalLength) != SliceHeaderParser.ALL_CLEAR) {
        return;
      }
      at = nal + (int) nalLength;
    }
  }

  private void layOutNal(byte[] data, int nal, int nalLength, SubsampleMap map) {
    int clear =
        nalLength == 0 ? SliceHeaderParser.ALL_CLEAR : parser.clearBytes(data, nal, nalLength);
    if (clear == SliceHeaderParser.ALL_CLEAR) {
      map.addClear(lengthSize + nalLength);
      return;
    }
    int slice = nalLength - clear;
    int kept = wholeBlocks ? slice % BLOCK_BYTES : 0;
    map.addClear(lengthSize + clear + kept);
    if (slice > kept) {
      map.addProtected(slice - kept);
    }
  }

  private long nalLength(byte[] data, int at) {
    long value = 0;
    for (int i = 0; i < lengthSize; i++) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }

  private static DrmException badLength(int at, long nalLength, int length) {
    return new DrmException(
        Blame.CALLER,
        "nal-length-invalid",
        "A NAL unit of %d bytes at byte %d leaves its sample of %d bytes."
            .formatted(nalLength, at, length),
        "The input is damaged; make it anew.");
  }
}
