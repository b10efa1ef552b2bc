package io.keymux.packager.codec;

/** The variables that survive a frame, along 7.20, 7.21 and 7.8. */
final class SyntheticAv1Slots {
  static final int NUM_REF_FRAMES = 8;

  final boolean[] refValid = new boolean[NUM_REF_FRAMES];
  final int[] refUpscaledWidth = new int[NUM_REF_FRAMES];
  final int[] refFrameHeight = new int[NUM_REF_FRAMES];
  final int[] refFrameType = new int[NUM_REF_FRAMES];
  final int[] refOrderHint = new int[NUM_REF_FRAMES];
  final int[][][] savedGmParams = new int[NUM_REF_FRAMES][][];
  final boolean[][][] savedFeatureEnabled = new boolean[NUM_REF_FRAMES][][];
  final int[][][] savedFeatureData = new int[NUM_REF_FRAMES][][];

  boolean anyValid() {
    for (boolean valid : refValid) {
      if (valid) {
        return true;
      }
    }
    return false;
  }

  void save(
      int i, int upscaledWidth, int height, int type, int orderHint, SyntheticAv1Coding coding) {
    refValid[i] = true;
    refUpscaledWidth[i] = upscaledWidth;
    refFrameHeight[i] = height;
    refFrameType[i] = type;
    refOrderHint[i] = orderHint;
    savedGmParams[i] = coding.gmParams;
    savedFeatureEnabled[i] = coding.featureEnabled;
    savedFeatureData[i] = coding.featureData;
  }

  /** Loads slot {@code from} and saves it to all. */
  void showKeyFrame(int from) {
    for (int i = 0; i < NUM_REF_FRAMES; i++) {
      refValid[i] = true;
      refUpscaledWidth[i] = refUpscaledWidth[from];
      refFrameHeight[i] = refFrameHeight[from];
      refFrameType[i] = refFrameType[from];
      refOrderHint[i] = refOrderHint[from];
      savedGmParams[i] = savedGmParams[from];
      savedFeatureEnabled[i] = savedFeatureEnabled[from];
      savedFeatureData[i] = savedFeatureData[from];
    }
  }

  static int getRelativeDist(SyntheticAv1Sequence seq, int a, int b) {
    if (!seq.enableOrderHint) {
      return 0;
    }
    int diff = a - b;
    int m = 1 << (seq.orderHintBits - 1);
    return (diff & (m - 1)) - (diff & m);
  }

  /** 7.8, with the references in the order LAST, LAST2, LAST3, GOLDEN, BWDREF, ALTREF2, ALTREF. */
  int[] setFrameRefs(SyntheticAv1Sequence seq, int orderHint, int lastFrameIdx, int goldFrameIdx) {
    int[] refFrameIdx = {-1, -1, -1, -1, -1, -1, -1};
    refFrameIdx[0] = lastFrameIdx;
    refFrameIdx[3] = goldFrameIdx;
    boolean[] usedFrame = new boolean[NUM_REF_FRAMES];
    usedFrame[lastFrameIdx] = true;
    usedFrame[goldFrameIdx] = true;
    int curFrameHint = 1 << (seq.orderHintBits - 1);
    int[] shiftedOrderHints = new int[NUM_REF_FRAMES];
    for (int i = 0; i < NUM_REF_FRAMES; i++) {
      shiftedOrderHints[i] = curFrameHint + getRelativeDist(seq, refOrderHint[i], orderHint);
    }
    int ref = findLatestBackward(shiftedOrderHints, usedFrame, curFrameHint);
    if (ref >= 0) {
      refFrameIdx[6] = ref;
      usedFrame[ref] = true;
    }
    for (int target : new int[] {4, 5}) {
      ref = findEarliestBackward(shiftedOrderHints, usedFrame, curFrameHint);
      if (ref >= 0) {
        refFrameIdx[target] = ref;
        usedFrame[ref] = true;
      }
    }
    for (int refFrame : new int[] {1, 2, 4, 5, 6}) {
      if (refFrameIdx[refFrame] < 0) {
        ref = findLatestForward(shiftedOrderHints, usedFrame, curFrameHint);
        if (ref >= 0) {
          refFrameIdx[refFrame] = ref;
          usedFrame[ref] = true;
        }
      }
    }
    ref = -1;
    int earliestOrderHint = 0;
    for (int i = 0; i < NUM_REF_FRAMES; i++) {
      if (ref < 0 || shiftedOrderHints[i] < earliestOrderHint) {
        ref = i;
        earliestOrderHint = shiftedOrderHints[i];
      }
    }
    for (int i = 0; i < 7; i++) {
      if (refFrameIdx[i] < 0) {
        refFrameIdx[i] = ref;
      }
    }
    return refFrameIdx;
  }

  private static int findLatestBackward(int[] hints, boolean[] used, int curFrameHint) {
    int ref = -1;
    for (int i = 0; i < NUM_REF_FRAMES; i++) {
      if (!used[i] && hints[i] >= curFrameHint && (ref < 0 || hints[i] >= hints[ref])) {
        ref = i;
      }
    }
    return ref;
  }

  private static int findEarliestBackward(int[] hints, boolean[] used, int curFrameHint) {
    int ref = -1;
    for (int i = 0; i < NUM_REF_FRAMES; i++) {
      if (!used[i] && hints[i] >= curFrameHint && (ref < 0 || hints[i] < hints[ref])) {
        ref = i;
      }
    }
    return ref;
  }

  private static int findLatestForward(int[] hints, boolean[] used, int curFrameHint) {
    int ref = -1;
    for (int i = 0; i < NUM_REF_FRAMES; i++) {
      if (!used[i] && hints[i] < curFrameHint && (ref < 0 || hints[i] >= hints[ref])) {
        ref = i;
      }
    }
    return ref;
  }
}
