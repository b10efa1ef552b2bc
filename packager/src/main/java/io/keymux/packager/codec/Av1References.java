package io.keymux.packager.codec;

import java.util.Arrays;

/**
 * What is kept of the frames in the eight reference slots, as far as later frame headers depend on
 * it.
 *
 * @see "AV1 specification, 7.20 Reference frame update process, 7.21 Reference frame loading
 *     process"
 */
final class Av1References {
  static final int SLOTS = 8;
  static final int ALL = (1 << SLOTS) - 1;

  private final boolean[] filled = new boolean[SLOTS];
  private final int[] type = new int[SLOTS];
  private final int[] upscaledWidth = new int[SLOTS];
  private final int[] height = new int[SLOTS];
  private final int[] orderHint = new int[SLOTS];
  private final int[][] quantizers = new int[SLOTS][Av1Segmentation.SEGMENTS];
  private final int[][] motion = new int[SLOTS][Av1GlobalMotion.PARAMETERS];

  /** Puts a frame that has been read to its end into the slots it refreshes. */
  void update(Av1FrameHeader frame) {
    for (int i = 0; i < SLOTS; i++) {
      if (((frame.refreshFlags() >> i) & 1) != 0) {
        filled[i] = true;
        type[i] = frame.type();
        upscaledWidth[i] = frame.size().upscaledWidth();
        height[i] = frame.size().height();
        orderHint[i] = frame.orderHint();
        frame.segmentation().save(quantizers[i]);
        frame.motion().save(motion[i]);
      }
    }
  }

  /** A key frame that is shown late fills all slots. */
  void spread(int slot) {
    for (int i = 0; i < SLOTS; i++) {
      filled[i] = true;
      type[i] = type[slot];
      upscaledWidth[i] = upscaledWidth[slot];
      height[i] = height[slot];
      orderHint[i] = orderHint[slot];
      if (i != slot) {
        System.arraycopy(quantizers[slot], 0, quantizers[i], 0, quantizers[i].length);
        System.arraycopy(motion[slot], 0, motion[i], 0, motion[i].length);
      }
    }
  }

  /**
   * A frame says which order hint a slot has. If it has another, the frame that belongs there was
   * lost; as the reference decoder does, an empty one of the largest size takes its place.
   */
  void expect(int slot, int hint, Av1SequenceHeader sequence) {
    if (filled[slot] && orderHint[slot] == hint) {
      return;
    }
    filled[slot] = true;
    type[slot] = Av1FrameHeader.INTER;
    upscaledWidth[slot] = sequence.maxWidth;
    height[slot] = sequence.maxHeight;
    orderHint[slot] = hint;
    Arrays.fill(quantizers[slot], Av1Segmentation.NONE);
    Av1GlobalMotion.setIdentity(motion[slot]);
  }

  boolean isFilled(int slot) {
    return filled[slot];
  }

  int type(int slot) {
    return type[slot];
  }

  int upscaledWidth(int slot) {
    return upscaledWidth[slot];
  }

  int height(int slot) {
    return height[slot];
  }

  int orderHint(int slot) {
    return orderHint[slot];
  }

  int[] quantizers(int slot) {
    return quantizers[slot];
  }

  int[] motion(int slot) {
    return motion[slot];
  }
}
