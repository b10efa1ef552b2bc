package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the IVs and subsamples of one track, without a key. */
final class SampleInfoCheck {
  private final String name;
  private final IvLedger ivs;
  private final Consumer<Finding> once;

  /**
   * @param name of the track
   * @param once takes findings and keeps the first of each code
   */
  SampleInfoCheck(String name, IvLedger ivs, Consumer<Finding> once) {
    this.name = name;
    this.ivs = ivs;
    this.once = once;
  }

  /** False if the sample cannot be decrypted by what the boxes say. */
  boolean check(
      TrackFragment fragment, int i, Entry entry, @Nullable SampleInfo info, boolean newIvs) {
    Protection protection = entry.protection();
    if (protection == null || !protection.isProtected() || !fragment.readable()) {
      return true;
    }
    if (info == null) {
      if (protection.ivSize() > 0) {
        once.accept(Finding.error("senc-missing", fragment.place(), "no senc for its samples"));
      }
      return protection.ivSize() == 0;
    }
    long total = 0;
    long covered = 0;
    for (int e = 0; e < info.clear().length; e++) {
      long bytes = info.protectedBytes()[e] & 0xffffffffL;
      total += info.clear()[e] + bytes;
      covered += bytes;
    }
    int size = fragment.samples().get(i).size();
    boolean fits = info.clear().length == 0 || total == size;
    if (!fits) {
      once.accept(
          Finding.error(
              "subsamples-size",
              fragment.place() + "/senc",
              "subsamples of sample %d cover %d of its %d bytes".formatted(i, total, size)));
    }
    long blocks = ((info.clear().length == 0 ? size : covered) + 15) / 16;
    if (newIvs && blocks > 0 && counterMode(protection) && info.iv().length >= 8) {
      checkIv(fragment, i, protection, info.iv(), blocks);
    }
    return fits;
  }

  private static boolean counterMode(Protection protection) {
    return protection.scheme().equals("cenc") || protection.scheme().equals("cens");
  }

  private void checkIv(
      TrackFragment fragment, int i, Protection protection, byte[] iv, long blocks) {
    String owner = ivs.add(protection.keyId(), name, iv, blocks);
    String place = fragment.place() + "/senc";
    if (owner == null) {
      return;
    }
    if (owner.equals(name)) {
      once.accept(
          Finding.error(
              "iv-reused", place, "sample %d repeats counter blocks of the track".formatted(i)));
    } else {
      once.accept(
          Finding.warning(
              "iv-reused-across-tracks",
              place,
              "sample %d repeats counter blocks of %s under the same key".formatted(i, owner)));
    }
  }
}
