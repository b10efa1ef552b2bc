package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import org.jspecify.annotations.Nullable;

/**
 * Holds the subsamples of a codec that is protected in parts against what it lets be protected:
 * headers must be clear, and in cbcs a protected range is exactly what the codec says, as some
 * clients work it out themselves.
 *
 * <p>Follows the stream: one for each track, not thread-safe.
 *
 * @see "ISO/IEC 23001-7, 9.5 Protection of specific video formats"
 */
final class ProtectedRangeCheck {
  /** A slice that is shorter may be left clear; some packagers do so below 112 bytes. */
  private static final int SHORT_SLICE_BYTES = 128;

  private static final int BLOCK_BYTES = 16;

  private final SubsampleCodec codec;
  private final RangeWalk walk;
  private SampleParser parser;

  ProtectedRangeCheck(SubsampleCodec codec, String scheme) {
    this.codec = codec;
    this.parser = codec.newSampleParser();
    boolean exact = scheme.equals("cbcs") && !codec.wholeBlocksInCbcs();
    this.walk =
        codec instanceof NalCodec
            ? new RangeWalk(RangeWalk.Codes.NAL, exact, SHORT_SLICE_BYTES, false)
            : new RangeWalk(RangeWalk.Codes.FRAME, exact, exact ? 1 : BLOCK_BYTES, exact);
  }

  /** What is odd, as code and message. */
  record Oddity(String code, String message) {}

  /** Goes on with a sample that starts a segment. */
  void restart() {
    parser = codec.newSampleParser();
  }

  /** The first odd thing in a decrypted sample, or null. */
  @Nullable Oddity check(byte[] sample, int size, SampleInfo info) {
    if (info.clear().length == 0 && size > 0) {
      return new Oddity(
          "headers-not-clear", "a sample of %d bytes is encrypted as a whole".formatted(size));
    }
    walk.begin(info);
    try {
      parser.parse(sample, 0, size, walk);
    } catch (DrmException e) {
      return walk.oddity() != null ? walk.oddity() : new Oddity(e.code(), e.problem());
    }
    return walk.oddity();
  }
}
