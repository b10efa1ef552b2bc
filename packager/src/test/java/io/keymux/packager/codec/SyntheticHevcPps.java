package io.keymux.packager.codec;

import java.util.Random;

/**
 * Writes an HEVC picture parameter set with random features, along 7.3.2.3 and Annex F of H.265.
 */
final class SyntheticHevcPps {
  final int ppsId;
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
  private final Random random;
  private final boolean screenContent;

  SyntheticHevcPps(Random random, boolean screenContent) {
    this.random = random;
    this.screenContent = screenContent;
    this.ppsId = random.nextInt(64);
  }

  byte[] pps(int spsId) {
    BitWriter out = new BitWriter().u(16, 0x4401).ue(ppsId).ue(spsId);
    dependent = out.coin(random);
    outputFlag = out.coin(random);
    extraBits = random.nextInt(8);
    out.u(3, extraBits).flag(random.nextBoolean());
    cabacInit = out.coin(random);
    active0 = 1 + random.nextInt(15);
    active1 = 1 + random.nextInt(15);
    out.ue(active0 - 1).ue(active1 - 1).se(-3).flag(random.nextBoolean());
    boolean transformSkip = out.coin(random);
    if (out.coin(random)) {
      out.ue(0);
    }
    out.se(-12).se(12);
    chromaQp = out.coin(random);
    weighted = out.coin(random);
    weightedBi = out.coin(random);
    out.flag(random.nextBoolean());
    tiles = out.coin(random);
    wavefronts = out.coin(random);
    if (tiles) {
      int columns = random.nextInt(20);
      int rows = random.nextInt(22);
      out.ue(columns).ue(rows);
      boolean uniform = out.coin(random);
      for (int i = 0; !uniform && i < columns + rows; i++) {
        out.ue(random.nextInt(9));
      }
      out.flag(random.nextBoolean());
    }
    acrossSlices = out.coin(random);
    if (out.coin(random)) {
      deblockingOverride = out.coin(random);
      deblockingDisabled = out.coin(random);
      if (!deblockingDisabled) {
        out.se(6).se(-6);
      }
    }
    if (out.coin(random)) {
      SyntheticHevcScalingLists.write(out, random);
    }
    listsModification = out.coin(random);
    out.ue(2);
    headerExtension = out.coin(random);
    boolean extension = screenContent || random.nextBoolean();
    out.flag(extension);
    if (extension) {
      ppsExtensions(out, transformSkip);
    }
    return out.trailingBits().escaped();
  }

  private void ppsExtensions(BitWriter out, boolean transformSkip) {
    boolean range = out.coin(random);
    boolean multilayer = out.coin(random);
    out.flag(false).flag(screenContent).u(4, 0);
    if (range) {
      if (transformSkip) {
        out.ue(3);
      }
      out.flag(random.nextBoolean());
      chromaQpLists = out.coin(random);
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
      selfReference = out.coin(random);
      if (out.coin(random)) {
        actQp = out.coin(random);
        out.se(-5).se(-5).se(-3);
      }
      out.flag(false); // no palette predictor initializers
    }
  }

  private void multilayer(BitWriter out) {
    if (out.coin(random)) {
      out.u(6, 3);
    }
    int offsets = random.nextInt(4);
    out.ue(offsets);
    for (int i = 0; i < offsets; i++) {
      out.u(6, i);
      for (int group = 0; group < 3; group++) {
        if (out.coin(random)) {
          out.ue(1).ue(2).ue(3).ue(4);
        }
      }
    }
    out.flag(false);
  }
}
