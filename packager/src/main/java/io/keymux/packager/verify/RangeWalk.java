package io.keymux.packager.verify;

import io.keymux.packager.codec.SampleRanges;
import io.keymux.packager.verify.ProtectedRangeCheck.Oddity;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import org.jspecify.annotations.Nullable;

/** Goes along the protected ranges of one sample while its parser says what they should be. */
final class RangeWalk implements SampleRanges {

  /**
   * What findings are called.
   *
   * @param part what is protected, for messages
   */
  record Codes(
      String part, String headerEncrypted, String otherEncrypted, String range, String clear) {
    static final Codes NAL =
        new Codes(
            "slice",
            "slice-header-encrypted",
            "parameters-encrypted",
            "slice-range",
            "slice-not-encrypted");
    static final Codes FRAME =
        new Codes(
            "tile or frame",
            "frame-header-encrypted",
            "frame-header-encrypted",
            "frame-range",
            "frame-not-encrypted");
  }

  private final Codes codes;
  private final boolean exactStart;
  private final int leastBytes;
  private final boolean exactEnd;
  private SampleInfo info = SampleInfo.WHOLE;
  private @Nullable Oddity oddity;
  private int at;
  private int headerBytes;
  private int headerEncrypted;
  private int entry;
  private int entryStart;

  /**
   * @param exactStart whether a protected range begins with what may be protected
   * @param leastBytes what is shorter may be clear
   * @param exactEnd whether a protected range ends with what may be protected
   */
  RangeWalk(Codes codes, boolean exactStart, int leastBytes, boolean exactEnd) {
    this.codes = codes;
    this.exactStart = exactStart;
    this.leastBytes = leastBytes;
    this.exactEnd = exactEnd;
  }

  /** Starts a sample with at least one subsample. */
  void begin(SampleInfo newInfo) {
    info = newInfo;
    oddity = null;
    at = 0;
    headerBytes = 0;
    headerEncrypted = 0;
    entry = 0;
    entryStart = 0;
  }

  /** The first odd thing, or null. */
  @Nullable Oddity oddity() {
    if (oddity == null && headerEncrypted > 0) {
      oddity = otherEncrypted();
    }
    return oddity;
  }

  @Override
  public void clear(int bytes) {
    if (oddity == null && headerEncrypted > 0) {
      oddity = otherEncrypted();
    }
    int start = firstIn(at, at + bytes);
    headerBytes = bytes;
    headerEncrypted = start < 0 ? 0 : at + bytes - start;
    at += bytes;
  }

  @Override
  public void protectable(int bytes) {
    if (oddity == null) {
      oddity = look(at, at + bytes);
    }
    headerEncrypted = 0;
    at += bytes;
  }

  private Oddity otherEncrypted() {
    return new Oddity(
        codes.otherEncrypted,
        "%d bytes that hold no %s are encrypted".formatted(headerEncrypted, codes.part));
  }

  private @Nullable Oddity look(int from, int to) {
    if (headerEncrypted > 0) {
      return new Oddity(
          codes.headerEncrypted,
          "%d bytes of a header of %d are encrypted".formatted(headerEncrypted, headerBytes));
    }
    int start = firstIn(from, to);
    if (start < 0) {
      return to - from < leastBytes
          ? null
          : new Oddity(codes.clear, "a %s of %d bytes is clear".formatted(codes.part, to - from));
    }
    if (exactStart && start != from) {
      return new Oddity(
          codes.range,
          "the protected range begins %d bytes behind the header".formatted(start - from));
    }
    int end = entryStart + info.clear()[entry] + info.protectedBytes()[entry];
    if (exactEnd && end < to) {
      return new Oddity(
          codes.range,
          "the protected range ends %d bytes before the %s".formatted(to - end, codes.part));
    }
    return null;
  }

  /** Where the first protected byte in the range is, or -1. Ranges must be asked in order. */
  private int firstIn(int from, int to) {
    while (entry < info.clear().length) {
      int first = entryStart + info.clear()[entry];
      int end = first + info.protectedBytes()[entry];
      if (first < to && end > Math.max(first, from)) {
        return Math.max(first, from);
      }
      if (first >= to) {
        return -1;
      }
      entryStart = end;
      entry++;
    }
    return -1;
  }
}
