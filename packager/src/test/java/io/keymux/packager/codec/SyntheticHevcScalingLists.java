package io.keymux.packager.codec;

import java.util.Random;

/** Writes random scaling lists, along 7.3.4 of H.265: both parameter sets may have them. */
final class SyntheticHevcScalingLists {
  private SyntheticHevcScalingLists() {}

  static void write(BitWriter out, Random random) {
    int[] coefficients = {16, 64, 64, 64};
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < (size == 3 ? 2 : 6); matrix++) {
        if (out.coin(random)) {
          if (size > 1) {
            out.se(random.nextInt(255) - 7);
          }
          for (int i = 0; i < coefficients[size]; i++) {
            out.se(random.nextInt(256) - 128);
          }
        } else {
          out.ue(random.nextInt(matrix + 1));
        }
      }
    }
  }
}
