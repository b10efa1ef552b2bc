package io.keymux.packager.codec;

import java.util.Arrays;

/**
 * The segments of a frame: only their quantizers are kept, as these decide what is lossless.
 *
 * @see "AV1 specification, 5.9.14 Segmentation params syntax"
 */
final class Av1Segmentation {
  static final int SEGMENTS = 8;

  /** A segment without a quantizer of its own. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int[] FEATURE_BITS = {8, 6, 6, 6, 6, 3, 0, 0};
  private static final int SIGNED_FEATURES = 5;

  private final int[] quantizers = new int[SEGMENTS];

  /** Forgets the frames before. */
  void reset() {
    Arrays.fill(quantizers, NONE);
  }

  /** Starts from those of a reference slot. */
  void load(int[] saved) {
    System.arraycopy(saved, 0, quantizers, 0, SEGMENTS);
  }

  void save(int[] into) {
    System.arraycopy(quantizers, 0, into, 0, SEGMENTS);
  }

  /**
   * @param independent whether the frame has no primary reference
   */
  void read(Av1BitReader in, boolean independent) {
    if (!in.flag()) {
      reset();
      return;
    }
    boolean update = true;
    if (!independent) {
      in.skip(in.flag() ? 1 : 0); // segmentation_update_map, segmentation_temporal_update
      update = in.flag();
    }
    for (int i = 0; update && i < SEGMENTS; i++) {
      quantizers[i] = NONE;
      for (int feature = 0; feature < FEATURE_BITS.length; feature++) {
        if (in.flag()) {
          int bits = FEATURE_BITS[feature];
          int value = feature < SIGNED_FEATURES ? in.signed(1 + bits) : in.bits(bits);
          if (feature == 0) {
            quantizers[i] = Math.max(-255, value);
          }
        }
      }
    }
  }

  /** Whether the quantizer of each segment is 0. */
  boolean allZero(int base) {
    for (int quantizer : quantizers) {
      if (quantizer == NONE ? base != 0 : base + quantizer > 0) {
        return false;
      }
    }
    return true;
  }
}
