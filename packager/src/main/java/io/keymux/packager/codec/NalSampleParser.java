package io.keymux.packager.codec;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/**
 * Walks the length-prefixed NAL units of a sample: slice data may be encrypted, everything else
 * stays clear.
 *
 * @see "ISO/IEC 23001-7, 9.5.2 Structure of NAL video tracks"
 */
final class NalSampleParser implements SampleParser {
  private final int lengthSize;
  private final SliceHeaderParser slices;

  NalSampleParser(int lengthSize, SliceHeaderParser slices) {
    this.lengthSize = lengthSize;
    this.slices = slices;
  }

  /** Throws with code {@code nal-length-invalid} or {@code slice-header-unreadable}. */
  @Override
  public void parse(byte[] data, int offset, int length, SampleRanges ranges) {
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
      parseNal(data, nal, (int) nalLength, ranges);
      at = nal + (int) nalLength;
    }
  }

  /** The first NAL unit that does not fit, or that is a slice, ends the search. */
  @Override
  public void readSegmentStart(byte[] start) {
    int at = 0;
    while (start.length - at > lengthSize) {
      long nalLength = nalLength(start, at);
      int nal = at + lengthSize;
      if (nalLength == 0 || nalLength > start.length - nal) {
        return;
      }
      if (slices.clearBytes(start, nal, (int) nalLength) != SliceHeaderParser.ALL_CLEAR) {
        return;
      }
      at = nal + (int) nalLength;
    }
  }

  private void parseNal(byte[] data, int nal, int nalLength, SampleRanges ranges) {
    int clear =
        nalLength == 0 ? SliceHeaderParser.ALL_CLEAR : slices.clearBytes(data, nal, nalLength);
    if (clear == SliceHeaderParser.ALL_CLEAR || clear == nalLength) {
      ranges.clear(lengthSize + nalLength);
      return;
    }
    ranges.clear(lengthSize + clear);
    ranges.protectable(nalLength - clear);
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
