package io.keymux.packager.codec;

/**
 * The size of a frame.
 *
 * @see "AV1 specification, 5.9.5 Frame size syntax to 5.9.8 Superres params syntax"
 */
final class Av1FrameSize {
  private static final int SUPERRES_NUMERATOR = 8;
  private static final int SUPERRES_LEAST_DENOMINATOR = 9;

  private int upscaledWidth;
  private int width;
  private int height;

  /** Reads frame_size and render_size. */
  void read(Av1BitReader in, Av1SequenceHeader sequence, boolean override) {
    upscaledWidth = override ? in.bits(sequence.widthBits) + 1 : sequence.maxWidth;
    height = override ? in.bits(sequence.heightBits) + 1 : sequence.maxHeight;
    readSuperres(in, sequence);
    if (in.flag()) {
      in.skip(16 + 16); // render_width_minus_1, render_height_minus_1
    }
  }

  /** Reads frame_size_with_refs. */
  void readWithReferences(
      Av1BitReader in, Av1SequenceHeader sequence, Av1References slots, int[] references) {
    for (int slot : references) {
      if (in.flag()) {
        upscaledWidth = slots.upscaledWidth(slot);
        height = slots.height(slot);
        readSuperres(in, sequence);
        return;
      }
    }
    read(in, sequence, true);
  }

  private void readSuperres(Av1BitReader in, Av1SequenceHeader sequence) {
    int denominator =
        sequence.superres && in.flag()
            ? in.bits(3) + SUPERRES_LEAST_DENOMINATOR
            : SUPERRES_NUMERATOR;
    width = (upscaledWidth * SUPERRES_NUMERATOR + denominator / 2) / denominator;
  }

  int upscaledWidth() {
    return upscaledWidth;
  }

  /** Coded width in pixels: that before super-resolution. */
  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean isUpscaled() {
    return width != upscaledWidth;
  }
}
