package io.keymux.packager.codec;

/**
 * Skips scaling list data.
 *
 * @see "ITU-T H.265, 7.3.4 Scaling list data syntax"
 */
final class HevcScalingLists {
  private HevcScalingLists() {}

  /** Skips what a sequence parameter set has: they may be enabled without being coded. */
  static void skipIfCoded(BitReader in) {
    boolean enabled = in.flag();
    if (enabled && in.flag()) {
      skip(in);
    }
  }

  static void skip(BitReader in) {
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
        if (!in.flag()) {
          in.ue(); // scaling_list_pred_matrix_id_delta
        } else {
          int dc = size > 1 ? 1 : 0;
          in.skipGolomb(dc + Math.min(64, 16 << (size * 2)));
        }
      }
    }
  }
}
