package io.keymux.packager.codec;

/**
 * The quantizers of a frame.
 *
 * @see "AV1 specification, 5.9.12 Quantization params syntax, 5.9.17 and 5.9.18"
 */
final class Av1Quantization {
  private int base;
  private boolean deltas;

  void read(Av1BitReader in, Av1Color color) {
    base = in.bits(8);
    deltas = false;
    readDelta(in);
    if (!color.monochrome()) {
      boolean separate = color.separateChromaDeltas() && in.flag();
      for (int i = separate ? 4 : 2; i > 0; i--) {
        readDelta(in);
      }
    }
    if (in.flag()) {
      in.skip(color.separateChromaDeltas() ? 12 : 8); // qm_y, qm_u, qm_v
    }
  }

  private void readDelta(Av1BitReader in) {
    if (in.flag() && in.signed(7) != 0) {
      deltas = true;
    }
  }

  /** Skips delta_q_params and delta_lf_params. */
  void skipBlockDeltas(Av1BitReader in, boolean intraBlockCopy) {
    if (base > 0 && in.flag()) {
      in.skip(2); // delta_q_res
      if (!intraBlockCopy && in.flag()) {
        in.skip(3); // delta_lf_res, delta_lf_multi
      }
    }
  }

  /** Whether no segment loses anything, CodedLossless. */
  boolean isLossless(Av1Segmentation segmentation) {
    return !deltas && segmentation.allZero(base);
  }
}
