package io.keymux.packager.codec;

/**
 * A short-term reference picture set. Its POC distances must be derived in full: they decide how
 * many flags a set predicted from this one has. Mutable, so that a slice header can reuse one.
 *
 * @see "ITU-T H.265, 7.3.7 and 7.4.8 Short-term reference picture set"
 */
final class HevcRefPicSet {
  /** Most sets of a sequence parameter set. */
  static final int MAX_SETS = 64;

  private static final int MAX_PICTURES = 16;

  private int negatives;
  private int count;
  private int usedCount;
  // Negative distances first, each group from the nearest picture outwards.
  private final int[] deltaPoc = new int[MAX_PICTURES];
  private final boolean[] usedFlag = new boolean[MAX_PICTURES + 1];
  private final boolean[] useDeltaFlag = new boolean[MAX_PICTURES + 1];

  /** Pictures of this set that the current picture may refer to. */
  int usedCount() {
    return usedCount;
  }

  /**
   * Reads the set with index {@code index} over what this object held.
   *
   * @param sets those of the sequence parameter set
   * @param setCount how many it has, or all of them will be; equal to {@code index} in a slice
   *     header
   */
  void read(BitReader in, int index, HevcRefPicSet[] sets, int setCount) {
    negatives = 0;
    count = 0;
    usedCount = 0;
    if (index > 0 && in.flag()) {
      int distance = index == setCount ? in.ue(index - 1, "delta_idx_minus1") + 1 : 1;
      readPredicted(in, sets[index - distance]);
    } else {
      readExplicit(in);
    }
  }

  private void readExplicit(BitReader in) {
    negatives = in.ue(MAX_PICTURES, "num_negative_pics");
    int positives = in.ue(MAX_PICTURES - negatives, "num_positive_pics");
    readSide(in, negatives, -1);
    readSide(in, positives, 1);
  }

  private void readSide(BitReader in, int pictures, int sign) {
    int poc = 0;
    for (int i = 0; i < pictures; i++) {
      poc += sign * (in.ue(0x7fff, "delta_poc_minus1") + 1);
      add(in, poc, in.flag());
    }
  }

  private void readPredicted(BitReader in, HevcRefPicSet from) {
    boolean negative = in.flag();
    int delta = (in.ue(0x7fff, "abs_delta_rps_minus1") + 1) * (negative ? -1 : 1);
    for (int j = 0; j <= from.count; j++) {
      usedFlag[j] = in.flag();
      useDeltaFlag[j] = usedFlag[j] || in.flag();
    }
    for (int j = from.count - 1; j >= from.negatives; j--) {
      predict(in, from.deltaPoc[j] + delta, j, -1);
    }
    predict(in, delta, from.count, -1);
    for (int j = 0; j < from.negatives; j++) {
      predict(in, from.deltaPoc[j] + delta, j, -1);
    }
    negatives = count;
    for (int j = from.negatives - 1; j >= 0; j--) {
      predict(in, from.deltaPoc[j] + delta, j, 1);
    }
    predict(in, delta, from.count, 1);
    for (int j = from.negatives; j < from.count; j++) {
      predict(in, from.deltaPoc[j] + delta, j, 1);
    }
  }

  private void predict(BitReader in, int poc, int flagIndex, int sign) {
    if (poc * sign > 0 && useDeltaFlag[flagIndex]) {
      add(in, poc, usedFlag[flagIndex]);
    }
  }

  private void add(BitReader in, int poc, boolean isUsed) {
    if (count == MAX_PICTURES) {
      throw in.malformed("a reference picture set has more than " + MAX_PICTURES + " pictures");
    }
    // Predicted sets of damaged streams may add up without limit, 64 sets of 2^15: fits an int.
    deltaPoc[count] = poc;
    count++;
    if (isUsed) {
      usedCount++;
    }
  }
}
