package io.keymux.packager.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes HEVC parameter sets with random features, along 7.3.2, Annex E and Annex F of H.265. */
final class SyntheticHevcSets {
  /** POC distances of a set, negative ones first, and how many of them are used. */
  record RefPicSet(List<Integer> distances, int used) {}

  final Random random;
  final int spsId;
  final int ppsId;
  final boolean screenContent;
  final List<RefPicSet> sets = new ArrayList<>();
  int setCount;
  int chromaFormat;
  boolean separatePlanes;
  int blocks;
  int pocLsbBits;
  boolean sao;
  boolean longTerm;
  final List<Boolean> longTermUsed = new ArrayList<>();
  boolean temporalMvp;
  boolean integerMv;
  boolean dependent;
  boolean outputFlag;
  int extraBits;
  boolean cabacInit;
  int active0;
  int active1;
  boolean chromaQp;
  boolean weighted;
  boolean weightedBi;
  boolean tiles;
  boolean wavefronts;
  boolean acrossSlices;
  boolean deblockingOverride;
  boolean deblockingDisabled;
  boolean listsModification;
  boolean headerExtension;
  boolean chromaQpLists;
  boolean selfReference;
  boolean actQp;

  SyntheticHevcSets(Random random, boolean screenContent) {
    this.random = random;
    this.screenContent = screenContent;
    this.spsId = random.nextInt(16);
    this.ppsId = random.nextInt(64);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  private boolean coin(BitWriter out) {
    boolean value = coin();
    out.flag(value);
    return value;
  }

  byte[] sps() {
    BitWriter out = new BitWriter().u(16, 0x4201);
    int subLayers = random.nextInt(7);
    out.u(4, 0).u(3, subLayers).flag(true);
    profileTierLevel(out, subLayers);
    out.ue(spsId);
    chromaFormat = random.nextInt(4);
    out.ue(chromaFormat);
    separatePlanes = chromaFormat == 3 && coin(out);
    int minBlock = 3 + random.nextInt(3);
    int block = minBlock + random.nextInt(7 - minBlock);
    block = Math.max(block, 4);
    int width = (1 + random.nextInt(200)) << minBlock;
    int height = (1 + random.nextInt(200)) << minBlock;
    int size = 1 << block;
    blocks = ((width + size - 1) / size) * ((height + size - 1) / size);
    out.ue(width).ue(height);
    if (coin(out)) {
      out.ue(0).ue(1).ue(1).ue(0);
    }
    int lumaBits = 8 + random.nextInt(9);
    int chromaBits = 8 + random.nextInt(9);
    pocLsbBits = 4 + random.nextInt(13);
    out.ue(lumaBits - 8).ue(chromaBits - 8).ue(pocLsbBits - 4);
    for (int i = coin(out) ? 0 : subLayers; i <= subLayers; i++) {
      out.ue(5).ue(random.nextInt(5)).ue(0);
    }
    out.ue(minBlock - 3).ue(block - minBlock).ue(0).ue(Math.min(block, 5) - 2).ue(0).ue(0);
    boolean scaling = coin(out);
    if (scaling && coin(out)) {
      scalingLists(out);
    }
    out.flag(coin());
    sao = coin(out);
    if (coin(out)) {
      out.u(8, 0x77).ue(Math.min(minBlock, 5) - 3).ue(0).flag(coin());
    }
    setCount = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
    out.ue(setCount);
    for (int i = 0; i < setCount; i++) {
      sets.add(refPicSet(out, i));
    }
    longTerm = coin(out);
    if (longTerm) {
      int count = coin() ? 0 : random.nextInt(33);
      out.ue(count);
      for (int i = 0; i < count; i++) {
        out.u(pocLsbBits, random.nextInt());
        longTermUsed.add(coin(out));
      }
    }
    temporalMvp = coin(out);
    out.flag(coin());
    if (coin(out)) {
      vui(out, subLayers);
    }
    boolean extension = screenContent || coin();
    out.flag(extension);
    if (extension) {
      spsExtensions(out, lumaBits, chromaBits);
    }
    return out.trailingBits().escaped();
  }

  private void profileTierLevel(BitWriter out, int subLayers) {
    out.u(8, 1).u(32, 0x60000000).u(32, 0x90000000).u(16, 0).u(8, 93);
    List<Boolean> present = new ArrayList<>();
    for (int i = 0; i < 2 * subLayers; i++) {
      present.add(coin(out));
    }
    out.u(subLayers > 0 ? 2 * (8 - subLayers) : 0, 0);
    for (int i = 0; i < subLayers; i++) {
      if (present.get(2 * i)) {
        out.u(44, 0).u(44, 0);
      }
      if (present.get(2 * i + 1)) {
        out.u(8, 90);
      }
    }
  }

  private void scalingLists(BitWriter out) {
    int[] coefficients = {16, 64, 64, 64};
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < (size == 3 ? 2 : 6); matrix++) {
        if (coin(out)) {
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

  /** Writes set {@code index}; with {@code index == setCount} as a slice header does. */
  RefPicSet refPicSet(BitWriter out, int index) {
    if (index > 0 && coin(out)) {
      int back = 1;
      if (index == setCount) {
        back = 1 + random.nextInt(index);
        out.ue(back - 1);
      }
      RefPicSet source = sets.get(index - back);
      int delta = (1 + random.nextInt(8)) * (coin() ? 1 : -1);
      out.flag(delta < 0).ue(Math.abs(delta) - 1);
      List<Integer> kept = new ArrayList<>();
      int used = 0;
      for (int i = 0; i <= source.distances().size(); i++) {
        int distance = (i < source.distances().size() ? source.distances().get(i) : 0) + delta;
        // Room for one more only while the set stays within 16 pictures.
        boolean usedFlag = kept.size() < 15 && coin();
        out.flag(usedFlag);
        boolean keep = usedFlag;
        if (!usedFlag) {
          keep = kept.size() < 15 && coin();
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
        used += coin(out) ? 1 : 0;
      }
    }
    return new RefPicSet(distances, used);
  }

  private void vui(BitWriter out, int subLayers) {
    if (coin(out)) {
      int idc = coin() ? 255 : 1;
      out.u(8, idc).u(idc == 255 ? 32 : 0, 0x00040003);
    }
    if (coin(out)) {
      out.flag(coin());
    }
    if (coin(out)) {
      out.u(4, 10);
      if (coin(out)) {
        out.u(24, 0x091009);
      }
    }
    if (coin(out)) {
      out.ue(1).ue(1);
    }
    out.u(3, 0);
    if (coin(out)) {
      out.ue(1).ue(2).ue(3).ue(4);
    }
    if (coin(out)) {
      out.u(32, 1).u(32, 25);
      if (coin(out)) {
        out.ue(9);
      }
      if (coin(out)) {
        hrd(out, subLayers);
      }
    }
    if (coin(out)) {
      out.u(3, 5).ue(1).ue(2).ue(3).ue(4).ue(5);
    }
  }

  private void hrd(BitWriter out, int subLayers) {
    boolean nal = coin(out);
    boolean vcl = coin(out);
    boolean subPicture = false;
    if (nal || vcl) {
      subPicture = coin(out);
      out.u(subPicture ? 19 : 0, 0x12345).u(8, 0x44).u(subPicture ? 4 : 0, 3).u(15, 0x7abc);
    }
    for (int i = 0; i <= subLayers; i++) {
      boolean fixedGeneral = coin(out);
      boolean fixedWithin = fixedGeneral || coin(out);
      boolean lowDelay = false;
      if (fixedWithin) {
        out.ue(random.nextInt(100));
      } else {
        lowDelay = coin(out);
      }
      int count = 1;
      if (!lowDelay) {
        count = 1 + random.nextInt(32);
        out.ue(count - 1);
      }
      int lists = (nal ? count : 0) + (vcl ? count : 0);
      for (int j = 0; j < lists; j++) {
        out.ue(1000).ue(2000);
        if (subPicture) {
          out.ue(3).ue(4);
        }
        out.flag(coin());
      }
    }
  }

  private void spsExtensions(BitWriter out, int lumaBits, int chromaBits) {
    boolean range = coin(out);
    boolean multilayer = coin(out);
    boolean threeD = coin(out);
    out.flag(screenContent).u(4, 0);
    out.u(range ? 9 : 0, random.nextInt());
    out.u(multilayer ? 1 : 0, 1);
    if (threeD) {
      out.u(2, 1).ue(2).u(4, 5);
      out.u(3, 2).ue(1).u(5, 9);
    }
    if (screenContent) {
      out.flag(coin());
      if (coin(out)) {
        out.ue(63).ue(64);
        if (coin(out)) {
          int entries = 1 + random.nextInt(60);
          out.ue(entries - 1);
          for (int i = 0; i < entries; i++) {
            out.u(lumaBits, random.nextInt());
            out.u(chromaFormat == 0 ? 0 : 2 * chromaBits, random.nextInt());
          }
        }
      }
      int control = random.nextInt(3);
      integerMv = control == 2;
      out.u(2, control).flag(coin());
    }
  }

  byte[] pps() {
    BitWriter out = new BitWriter().u(16, 0x4401).ue(ppsId).ue(spsId);
    dependent = coin(out);
    outputFlag = coin(out);
    extraBits = random.nextInt(8);
    out.u(3, extraBits).flag(coin());
    cabacInit = coin(out);
    active0 = 1 + random.nextInt(15);
    active1 = 1 + random.nextInt(15);
    out.ue(active0 - 1).ue(active1 - 1).se(-3).flag(coin());
    boolean transformSkip = coin(out);
    if (coin(out)) {
      out.ue(0);
    }
    out.se(-12).se(12);
    chromaQp = coin(out);
    weighted = coin(out);
    weightedBi = coin(out);
    out.flag(coin());
    tiles = coin(out);
    wavefronts = coin(out);
    if (tiles) {
      int columns = random.nextInt(20);
      int rows = random.nextInt(22);
      out.ue(columns).ue(rows);
      boolean uniform = coin(out);
      for (int i = 0; !uniform && i < columns + rows; i++) {
        out.ue(random.nextInt(9));
      }
      out.flag(coin());
    }
    acrossSlices = coin(out);
    if (coin(out)) {
      deblockingOverride = coin(out);
      deblockingDisabled = coin(out);
      if (!deblockingDisabled) {
        out.se(6).se(-6);
      }
    }
    if (coin(out)) {
      scalingLists(out);
    }
    listsModification = coin(out);
    out.ue(2);
    headerExtension = coin(out);
    boolean extension = screenContent || coin();
    out.flag(extension);
    if (extension) {
      ppsExtensions(out, transformSkip);
    }
    return out.trailingBits().escaped();
  }

  private void ppsExtensions(BitWriter out, boolean transformSkip) {
    boolean range = coin(out);
    boolean multilayer = coin(out);
    out.flag(false).flag(screenContent).u(4, 0);
    if (range) {
      if (transformSkip) {
        out.ue(3);
      }
      out.flag(coin());
      chromaQpLists = coin(out);
      if (chromaQpLists) {
        int last = random.nextInt(6);
        out.ue(1).ue(last);
        for (int i = 0; i <= last; i++) {
          out.se(-5).se(4);
        }
      }
      out.ue(1).ue(2);
    }
    if (multilayer) {
      multilayer(out);
    }
    if (screenContent) {
      selfReference = coin(out);
      if (coin(out)) {
        actQp = coin(out);
        out.se(-5).se(-5).se(-3);
      }
      out.flag(false); // no palette predictor initializers
    }
  }

  private void multilayer(BitWriter out) {
    if (coin(out)) {
      out.u(6, 3);
    }
    int offsets = random.nextInt(4);
    out.ue(offsets);
    for (int i = 0; i < offsets; i++) {
      out.u(6, i);
      for (int group = 0; group < 3; group++) {
        if (coin(out)) {
          out.ue(1).ue(2).ue(3).ue(4);
        }
      }
    }
    out.flag(false);
  }
}
