package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.codec.SliceHeaderParser;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import org.jspecify.annotations.Nullable;

/**
 * Holds the subsamples of H.264 and HEVC against the slice headers: these must be clear, and in
 * cbcs the protected range begins on the byte behind, as Apple's clients work it out themselves.
 *
 * <p>Follows the stream's parameter sets: one for each track, not thread-safe.
 *
 * @see "ISO/IEC 23001-7, 9.5.2 Structure of NAL video tracks"
 */
final class SliceRanges {
  /** A slice that is shorter may be left clear; some packagers do so below 112 bytes. */
  private static final int SHORT_BYTES = 128;

  private final int lengthSize;
  private final boolean exact;
  private final SliceHeaderParser parser;

  SliceRanges(NalCodec codec, String scheme) {
    this.lengthSize = codec.lengthSize();
    this.parser = codec.newParser();
    this.exact = scheme.equals("cbcs");
  }

  /** What is odd, as code and message. */
  record Oddity(String code, String message) {}

  /** The first odd thing in a decrypted sample, or null. */
  @Nullable Oddity check(byte[] sample, int size, SampleInfo info) {
    int at = 0;
    Cursor ranges = new Cursor(info);
    while (size - at > lengthSize) {
      long length = 0;
      for (int i = 0; i < lengthSize; i++) {
        length = (length << 8) | (sample[at + i] & 0xff);
      }
      int nal = at + lengthSize;
      if (length < 0 || length > size - nal) {
        return null;
      }
      Oddity oddity = length == 0 ? null : nal(sample, nal, (int) length, ranges);
      if (oddity != null) {
        return oddity;
      }
      at = nal + (int) length;
    }
    return null;
  }

  private @Nullable Oddity nal(byte[] sample, int nal, int length, Cursor ranges) {
    int header;
    try {
      header = parser.clearBytes(sample, nal, length);
    } catch (DrmException e) {
      return new Oddity("slice-header-unreadable", e.problem());
    }
    int start = ranges.firstIn(nal, nal + length);
    if (header == SliceHeaderParser.ALL_CLEAR) {
      return start < 0
          ? null
          : new Oddity("parameters-encrypted", "a NAL unit without a slice is encrypted");
    }
    if (start < 0) {
      return length - header < SHORT_BYTES
          ? null
          : new Oddity(
              "slice-not-encrypted", "a slice of " + (length - header) + " bytes is clear");
    }
    if (start < nal + header) {
      return new Oddity(
          "slice-header-encrypted",
          "%d bytes of a slice header of %d are encrypted".formatted(nal + header - start, header));
    }
    if (exact && start != nal + header) {
      return new Oddity(
          "slice-range",
          "the protected range begins %d bytes behind the slice header"
              .formatted(start - nal - header));
    }
    return null;
  }

  /** Walks over the protected ranges of one sample. */
  private static final class Cursor {
    private final SampleInfo info;
    private int entry;
    private int start;

    Cursor(SampleInfo info) {
      this.info = info;
    }

    /** Where the first protected byte in the range is, or -1. Ranges must be asked in order. */
    int firstIn(int from, int to) {
      while (entry < info.clear().length) {
        int first = start + info.clear()[entry];
        int end = first + info.protectedBytes()[entry];
        if (first < to && end > Math.max(first, from)) {
          return Math.max(first, from);
        }
        if (first >= to) {
          return -1;
        }
        start = end;
        entry++;
      }
      return -1;
    }
  }
}
