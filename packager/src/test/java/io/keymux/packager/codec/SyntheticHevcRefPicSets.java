package io.keymux.packager.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random short-term reference picture sets, along 7.3.7 of H.265. */
final class SyntheticHevcRefPicSets {
  /** POC distances of a set, negative ones first, and how many of them are used. */
  record RefPicSet(List<Integer> distances, int used) {}

  private final Random random;
  final List<RefPicSet> sets = new ArrayList<>();
  int count;

  SyntheticHevcRefPicSets(Random random) {
    this.random = random;
  }

  /** Writes how many sets there are and all of them, as a sequence parameter set does. */
  void writeAll(BitWriter out) {
    count = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
    out.ue(count);
    for (int i = 0; i < count; i++) {
      sets.add(write(out, i));
    }
  }

  /** Writes set {@code index}; with {@code index == count} as a slice header does. */
  RefPicSet write(BitWriter out, int index) {
    if (index > 0 && out.coin(random)) {
      int back = 1;
      if (index == count) {
        back = 1 + random.nextInt(index);
        out.ue(back - 1);
      }
      RefPicSet source = sets.get(index - back);
      int delta = (1 + random.nextInt(8)) * (random.nextBoolean() ? 1 : -1);
      out.flag(delta < 0).ue(Math.abs(delta) - 1);
      List<Integer> kept = new ArrayList<>();
      int used = 0;
      for (int i = 0; i <= source.distances().size(); i++) {
        int distance = (i < source.distances().size() ? source.distances().get(i) : 0) + delta;
        // Room for one more only while the set stays within 16 pictures.
        boolean usedFlag = kept.size() < 15 && random.nextBoolean();
        out.flag(usedFlag);
        boolean keep = usedFlag;
        if (!usedFlag) {
          keep = kept.size() < 15 && random.nextBoolean();
          out.flag(keep);
        }
        if (keep && distance != 0) {
          kept.add(distance);
          used += usedFlag ? 1 : 0;
        }
      }
      kept.sort((a, b) -> (a < 0) != (b < 0) ? a - b : Math.abs(a) - Math.abs(b));
      return new RefPicSet(kept, used);
    }
    int negatives = random.nextInt(8);
    int positives = random.nextInt(8);
    out.ue(negatives).ue(positives);
    List<Integer> distances = new ArrayList<>();
    int used = 0;
    for (int sign : new int[] {-1, 1}) {
      int distance = 0;
      for (int i = 0; i < (sign < 0 ? negatives : positives); i++) {
        int step = 1 + random.nextInt(4);
        distance += sign * step;
        distances.add(distance);
        out.ue(step - 1);
        used += out.coin(random) ? 1 : 0;
      }
    }
    return new RefPicSet(distances, used);
  }
}
