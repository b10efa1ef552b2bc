package io.keymux.packager.codec;

import java.util.Random;

/** Writes H.264 parameter sets with random features, along 7.3.2. */
final class SyntheticAvcSets {
  private static final int[] PROFILES = {66, 77, 88, 100, 110, 122, 244, 44, 118, 128};

  private final Random random;
  private final int spsId;
  final int ppsId;
  boolean separatePlanes;
  int chromaFormat = 1;
  int frameNumBits;
  int pocType;
  int pocLsbBits;
  boolean deltaPocZero;
  boolean frameOnly;
  private int mapUnits;
  boolean cabac;
  boolean bottomPoc;
  int groupCycleBits;
  int active0;
  int active1;
  boolean weighted;
  int weightedBi;
  boolean deblocking;
  boolean redundant;

  SyntheticAvcSets(Random random) {
    this.random = random;
    this.spsId = random.nextInt(32);
    this.ppsId = random.nextInt(256);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  byte[] sps() {
    BitWriter out = new BitWriter().u(8, 0x67);
    int profile = PROFILES[random.nextInt(PROFILES.length)];
    out.u(8, profile).u(8, 0).u(8, 40).ue(spsId);
    if (profile >= 100 || profile == 44) {
      chromaFormat = random.nextInt(4);
      out.ue(chromaFormat);
      if (chromaFormat == 3) {
        separatePlanes = coin();
        out.flag(separatePlanes);
      }
      out.ue(random.nextInt(7)).ue(random.nextInt(7)).flag(coin());
      boolean matrix = coin();
      out.flag(matrix);
      for (int i = 0; matrix && i < (chromaFormat == 3 ? 12 : 8); i++) {
        scalingList(out, i < 6 ? 16 : 64);
      }
    }
    frameNumBits = 4 + random.nextInt(13);
    out.ue(frameNumBits - 4);
    pocType = random.nextInt(3);
    out.ue(pocType);
    if (pocType == 0) {
      pocLsbBits = 4 + random.nextInt(13);
      out.ue(pocLsbBits - 4);
    } else if (pocType == 1) {
      deltaPocZero = coin();
      int cycle = random.nextInt(5);
      out.flag(deltaPocZero).se(-3).se(random.nextInt(100)).ue(cycle);
      for (int i = 0; i < cycle; i++) {
        out.se(random.nextInt(1000) - 500);
      }
    }
    int width = 4 + random.nextInt(60);
    int height = 4 + random.nextInt(60);
    mapUnits = width * height;
    frameOnly = coin();
    out.ue(random.nextInt(17)).flag(coin()).ue(width - 1).ue(height - 1).flag(frameOnly);
    if (!frameOnly) {
      out.flag(coin());
    }
    out.flag(true);
    boolean crop = coin();
    out.flag(crop);
    if (crop) {
      out.ue(1).ue(2).ue(0).ue(3);
    }
    return out.flag(false).trailingBits().escaped(); // no VUI
  }

  private void scalingList(BitWriter out, int size) {
    boolean present = coin();
    out.flag(present);
    int stop = coin() ? 1 + random.nextInt(size) : size;
    int last = 8;
    for (int i = 0; present && i < size; i++) {
      int next = i == stop ? 0 : 1 + random.nextInt(255);
      int delta = next - last;
      out.se(delta > 127 ? delta - 256 : delta < -128 ? delta + 256 : delta);
      if (next == 0) {
        return;
      }
      last = next;
    }
  }

  byte[] pps() {
    BitWriter out = new BitWriter().u(8, 0x68).ue(ppsId).ue(spsId);
    cabac = coin();
    bottomPoc = coin();
    out.flag(cabac).flag(bottomPoc);
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(7) : 0;
    out.ue(groups);
    if (groups > 0) {
      sliceGroups(out, groups);
    }
    active0 = 1 + random.nextInt(32);
    active1 = 1 + random.nextInt(32);
    weighted = coin();
    weightedBi = random.nextInt(3);
    deblocking = coin();
    redundant = coin();
    out.ue(active0 - 1).ue(active1 - 1).flag(weighted).u(2, weightedBi);
    out.se(-7).se(3).se(-12).flag(deblocking).flag(coin()).flag(redundant);
    return out.trailingBits().escaped();
  }

  private void sliceGroups(BitWriter out, int groups) {
    int type = random.nextInt(7);
    out.ue(type);
    if (type == 0) {
      for (int i = 0; i <= groups; i++) {
        out.ue(random.nextInt(50));
      }
    } else if (type == 2) {
      for (int i = 0; i < groups; i++) {
        out.ue(random.nextInt(50)).ue(50 + random.nextInt(50));
      }
    } else if (type >= 3 && type <= 5) {
      int rate = 1 + random.nextInt(mapUnits);
      out.flag(coin()).ue(rate - 1);
      groupCycleBits =
          (int) Math.ceil(Math.log((double) mapUnits / rate + 1) / Math.log(2) - 1e-12);
    } else if (type == 6) {
      out.ue(mapUnits - 1);
      int bits = groups > 3 ? 3 : groups > 1 ? 2 : 1;
      for (int i = 0; i < mapUnits; i++) {
        out.u(bits, random.nextInt(groups + 1));
      }
    }
  }
}
