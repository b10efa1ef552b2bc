package io.keymux.packager.codec;

/**
 * Skips the parameters of the filters behind decoding.
 *
 * @see "AV1 specification, 5.9.11 Loop filter params syntax, 5.9.19 CDEF params syntax, 5.9.20 Loop
 *     restoration params syntax"
 */
final class Av1Filters {
  /** Reference frames and intra, then modes, have a delta each. */
  private static final int LOOP_FILTER_DELTAS = 8 + 2;

  private Av1Filters() {}

  /**
   * @param lossless in all segments, CodedLossless
   */
  static void skip(
      Av1BitReader in,
      Av1SequenceHeader sequence,
      boolean lossless,
      boolean upscaled,
      boolean intraBlockCopy) {
    if (!lossless && !intraBlockCopy) {
      skipLoopFilter(in, sequence.color.planes());
      if (sequence.cdef) {
        skipCdef(in, sequence.color.planes());
      }
    }
    if ((!lossless || upscaled) && !intraBlockCopy && sequence.restoration) {
      skipRestoration(in, sequence);
    }
  }

  private static void skipLoopFilter(Av1BitReader in, int planes) {
    int levels = in.bits(6 + 6);
    if (planes > 1 && levels != 0) {
      in.skip(6 + 6);
    }
    in.skip(3); // loop_filter_sharpness
    boolean deltas = in.flag();
    if (deltas && in.flag()) {
      for (int i = 0; i < LOOP_FILTER_DELTAS; i++) {
        in.skip(in.flag() ? 7 : 0);
      }
    }
  }

  private static void skipCdef(Av1BitReader in, int planes) {
    in.skip(2); // cdef_damping_minus_3
    int strengths = 1 << in.bits(2);
    in.skip(strengths * (planes > 1 ? 12L : 6L));
  }

  private static void skipRestoration(Av1BitReader in, Av1SequenceHeader sequence) {
    boolean used = false;
    boolean usedForChroma = false;
    for (int i = 0; i < sequence.color.planes(); i++) {
      if (in.bits(2) != 0) {
        used = true;
        usedForChroma |= i > 0;
      }
    }
    if (!used) {
      return;
    }
    if (in.flag() && !sequence.superblock128) {
      in.skip(1); // lr_unit_extra_shift
    }
    if (sequence.color.is420() && usedForChroma) {
      in.skip(1); // lr_uv_shift
    }
  }
}
