package io.keymux.packager.codec;

/**
 * Skips the parts of a VP9 header that no later frame needs: loop filter, quantizer, segmentation
 * and tiles. What they set may hold for later frames, but never changes how those are written.
 *
 * @see "VP9 Bitstream and Decoding Process Specification, 6.2.8 to 6.2.14"
 */
final class Vp9FrameTools {
  private static final int LOOP_FILTER_DELTAS = 4 + 2;
  private static final int SEGMENTS = 8;
  private static final int TREE_PROBABILITIES = 7;
  private static final int PREDICTION_PROBABILITIES = 3;

  /** Bits of quantizer, loop filter, reference frame and skip, with the signs of the first two. */
  private static final int[] FEATURE_BITS = {8 + 1, 6 + 1, 2, 0};

  private static final int MIN_TILE_BLOCKS = 4;
  private static final int MAX_TILE_BLOCKS = 64;

  private Vp9FrameTools() {}

  /**
   * Skips up to {@code header_size_in_bytes}.
   *
   * @param width of the frame in pixels
   */
  static void skip(BitReader in, int width) {
    skipLoopFilter(in);
    in.skip(8); // base_q_idx
    skipOptional(in, 3, 4 + 1); // delta_q
    if (in.flag()) { // segmentation_enabled
      skipSegmentation(in);
    }
    skipTiles(in, width);
  }

  private static void skipLoopFilter(BitReader in) {
    in.skip(6 + 3); // loop_filter_level, loop_filter_sharpness
    boolean deltas = in.flag();
    if (deltas && in.flag()) {
      skipOptional(in, LOOP_FILTER_DELTAS, 6 + 1);
    }
  }

  private static void skipSegmentation(BitReader in) {
    if (in.flag()) { // segmentation_update_map
      skipOptional(in, TREE_PROBABILITIES, 8);
      if (in.flag()) { // segmentation_temporal_update
        skipOptional(in, PREDICTION_PROBABILITIES, 8);
      }
    }
    if (in.flag()) { // segmentation_update_data
      in.skip(1); // segmentation_abs_or_delta_update
      for (int i = 0; i < SEGMENTS; i++) {
        for (int bits : FEATURE_BITS) {
          skipOptional(in, 1, bits);
        }
      }
    }
  }

  private static void skipTiles(BitReader in, int width) {
    int blocks = (width + 63) / 64;
    int columns = 0;
    while (MAX_TILE_BLOCKS << columns < blocks) {
      columns++;
    }
    while (blocks >> (columns + 1) >= MIN_TILE_BLOCKS && in.flag()) {
      columns++;
    }
    if (in.flag()) { // tile_rows_log2
      in.skip(1);
    }
  }

  private static void skipOptional(BitReader in, int count, int bits) {
    for (int i = 0; i < count; i++) {
      in.skip(in.flag() ? bits : 0);
    }
  }
}
