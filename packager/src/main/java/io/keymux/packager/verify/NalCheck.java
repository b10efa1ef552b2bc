package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.codec.SliceHeaderParser;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import org.jspecify.annotations.Nullable;

/**
 * H.264 and HEVC: no NAL unit may hold a start code, or end with a zero byte. The headers are
 * clear, so this is all that tells a wrong key without decoding: random bytes break the first rule
 * once in 4 MiB and the second in one NAL unit of 256.
 *
 * @see "ITU-T H.264, 7.4.1 NAL unit semantics; H.265, 7.4.2.1"
 */
final class NalCheck implements SampleCheck {
  /** Of 2^24 values of three bytes, 00 00 00 to 00 00 02 are forbidden, and 00 00 03 nearly. */
  private static final double BITS_PER_BYTE = 4 / (double) (1 << 24) / Math.log(2);

  private static final double BITS_PER_END = -Math.log(255 / 256.0) / Math.log(2);

  private final int lengthSize;
  private final double decryptedShare;
  private final SliceHeaderParser parser;

  NalCheck(NalCodec codec, @Nullable Protection protection) {
    this.lengthSize = codec.lengthSize();
    this.parser = codec.newParser();
    int crypt = protection == null ? 0 : protection.cryptBlocks();
    int skip = protection == null ? 0 : protection.skipBlocks();
    this.decryptedShare = crypt > 0 && skip > 0 ? (double) crypt / (crypt + skip) : 1;
  }

  @Override
  public Verdict check(byte[] sample, int size, double duration, SampleInfo info) {
    double bits = 0;
    for (int i = 0; i < info.protectedBytes().length; i++) {
      bits += info.protectedBytes()[i] * decryptedShare * BITS_PER_BYTE;
    }
    int at = 0;
    while (at < size) {
      long length = length(sample, at, size);
      int nal = at + lengthSize;
      if (length < 0 || length > size - nal) {
        return Verdict.broken(
            "a NAL unit of %d bytes at byte %d of %d".formatted(length, at, size));
      }
      int end = nal + (int) length;
      if (length > 0 && isSlice(sample, nal, (int) length)) {
        int forbidden = forbidden(sample, nal, end);
        if (forbidden >= 0) {
          return Verdict.broken(
              "a start code or a zero end in the NAL unit at byte %d, at byte %d"
                  .formatted(nal, forbidden));
        }
        bits += decryptedShare == 1 ? BITS_PER_END : 0;
      }
      at = end;
    }
    return Verdict.passed(bits);
  }

  private boolean isSlice(byte[] sample, int nal, int length) {
    try {
      return parser.clearBytes(sample, nal, length) != SliceHeaderParser.ALL_CLEAR;
    } catch (DrmException e) {
      // Some streams need more than this parser knows; ProtectedRangeCheck says so.
      return true;
    }
  }

  /** Where the first forbidden sequence ends, or -1. */
  private static int forbidden(byte[] data, int from, int to) {
    int zeros = 0;
    for (int i = from; i < to; i++) {
      byte b = data[i];
      if (zeros >= 2 && (b & 0xff) <= 2) {
        return i;
      }
      if (zeros >= 2 && b == 3 && i + 1 < to && (data[i + 1] & 0xff) > 3) {
        return i + 1;
      }
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return zeros > 0 ? to - 1 : -1;
  }

  private long length(byte[] data, int at, int size) {
    if (size - at < lengthSize) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < lengthSize; i++) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }
}
