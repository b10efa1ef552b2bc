package io.keymux.packager.codec;

import java.util.Arrays;

/**
 * The seven references of an inter frame: which slot each is.
 *
 * @see "AV1 specification, 5.9.2 Uncompressed header syntax, 7.8 Set frame refs process"
 */
final class Av1FrameReferences {
  private static final int COUNT = 7;
  private static final int LAST = 0;
  private static final int LAST2 = 1;
  private static final int LAST3 = 2;
  private static final int GOLDEN = 3;
  private static final int BACKWARD = 4;
  private static final int ALTERNATE2 = 5;
  private static final int ALTERNATE = 6;
  private static final int[] FORWARD_ORDER = {LAST2, LAST3, BACKWARD, ALTERNATE2, ALTERNATE};

  private final int[] slots = new int[COUNT];
  private final int[] distances = new int[Av1References.SLOTS];
  private final boolean[] used = new boolean[Av1References.SLOTS];

  /** Reads the references up to their frame ids. */
  void read(Av1BitReader in, Av1SequenceHeader sequence, Av1References frames, int orderHint) {
    boolean derived = sequence.orderHintBits > 0 && in.flag();
    if (derived) {
      derive(in.bits(3), in.bits(3), sequence, frames, orderHint);
    }
    for (int i = 0; i < COUNT; i++) {
      if (!derived) {
        slots[i] = in.bits(3);
      }
      in.skip(sequence.deltaFrameIdBits); // delta_frame_id_minus_1
    }
    for (int slot : slots) {
      if (!frames.isFilled(slot)) {
        throw in.malformed("it refers to slot " + slot + ", and no frame was kept there");
      }
    }
  }

  private void derive(
      int last, int golden, Av1SequenceHeader sequence, Av1References frames, int orderHint) {
    for (int i = 0; i < distances.length; i++) {
      distances[i] = sequence.distance(frames.orderHint(i), orderHint);
    }
    Arrays.fill(slots, -1);
    Arrays.fill(used, false);
    take(LAST, last);
    take(GOLDEN, golden);
    take(ALTERNATE, find(true, true));
    take(BACKWARD, find(true, false));
    take(ALTERNATE2, find(true, false));
    for (int reference : FORWARD_ORDER) {
      if (slots[reference] < 0) {
        take(reference, find(false, true));
      }
    }
    int earliest = 0;
    for (int i = 1; i < distances.length; i++) {
      earliest = distances[i] < distances[earliest] ? i : earliest;
    }
    for (int i = 0; i < COUNT; i++) {
      slots[i] = slots[i] < 0 ? earliest : slots[i];
    }
  }

  private void take(int reference, int slot) {
    if (slot >= 0) {
      slots[reference] = slot;
      used[slot] = true;
    }
  }

  /** A slot that is not used yet, or -1; of equally far ones the last, or else the first. */
  private int find(boolean backward, boolean latest) {
    int found = -1;
    for (int i = 0; i < distances.length; i++) {
      boolean fits = !used[i] && distances[i] >= 0 == backward;
      boolean better =
          found < 0
              || (latest ? distances[i] >= distances[found] : distances[i] < distances[found]);
      found = fits && better ? i : found;
    }
    return found;
  }

  /** The slot of each reference, LAST_FRAME first. Not to be changed. */
  int[] slots() {
    return slots;
  }

  /**
   * Whether there are two references to skip along: one before and one behind, or two before at
   * different times.
   *
   * @see "AV1 specification, 5.9.22 Skip mode params syntax"
   */
  boolean allowSkipMode(Av1SequenceHeader sequence, Av1References frames, int orderHint) {
    boolean forward = false;
    boolean backward = false;
    int forwardHint = 0;
    for (int slot : slots) {
      int hint = frames.orderHint(slot);
      int distance = sequence.distance(hint, orderHint);
      backward |= distance > 0;
      if (distance < 0 && (!forward || sequence.distance(hint, forwardHint) > 0)) {
        forward = true;
        forwardHint = hint;
      }
    }
    if (!forward || backward) {
      return forward;
    }
    for (int slot : slots) {
      if (sequence.distance(frames.orderHint(slot), forwardHint) < 0) {
        return true;
      }
    }
    return false;
  }
}
