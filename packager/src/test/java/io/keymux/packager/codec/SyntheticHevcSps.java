package io.keymux.packager.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes an HEVC sequence parameter set with random features, along 7.3.2.2 of H.265. */
final class SyntheticHevcSps {
  final int spsId;
  final SyntheticHevcRefPicSets refPicSets;
  int chromaFormat;
  boolean separatePlanes;
  int blocks;
  int pocLsbBits;
  boolean sao;
  boolean longTerm;
  final List<Boolean> longTermUsed = new ArrayList<>();
  boolean temporalMvp;
  boolean integerMv;
  private final Random random;
  private final boolean screenContent;

  SyntheticHevcSps(Random random, boolean screenContent) {
    this.random = random;
    this.screenContent = screenContent;
    this.refPicSets = new SyntheticHevcRefPicSets(random);
    this.spsId = random.nextInt(16);
  }

  byte[] sps() {
    BitWriter out = new BitWriter().u(16, 0x4201);
    int subLayers = random.nextInt(7);
    out.u(4, 0).u(3, subLayers).flag(true);
    profileTierLevel(out, subLayers);
    out.ue(spsId);
    chromaFormat = random.nextInt(4);
    out.ue(chromaFormat);
    separatePlanes = chromaFormat == 3 && out.coin(random);
    int minBlock = 3 + random.nextInt(3);
    int block = minBlock + random.nextInt(7 - minBlock);
    block = Math.max(block, 4);
    int width = (1 + random.nextInt(200)) << minBlock;
    int height = (1 + random.nextInt(200)) << minBlock;
    int size = 1 << block;
    blocks = ((width + size - 1) / size) * ((height + size - 1) / size);
    out.ue(width).ue(height);
    if (out.coin(random)) {
      out.ue(0).ue(1).ue(1).ue(0);
    }
    int lumaBits = 8 + random.nextInt(9);
    int chromaBits = 8 + random.nextInt(9);
    pocLsbBits = 4 + random.nextInt(13);
    out.ue(lumaBits - 8).ue(chromaBits - 8).ue(pocLsbBits - 4);
    for (int i = out.coin(random) ? 0 : subLayers; i <= subLayers; i++) {
      out.ue(5).ue(random.nextInt(5)).ue(0);
    }
    out.ue(minBlock - 3).ue(block - minBlock).ue(0).ue(Math.min(block, 5) - 2).ue(0).ue(0);
    boolean scaling = out.coin(random);
    if (scaling && out.coin(random)) {
      SyntheticHevcScalingLists.write(out, random);
    }
    out.flag(random.nextBoolean());
    sao = out.coin(random);
    if (out.coin(random)) {
      out.u(8, 0x77).ue(Math.min(minBlock, 5) - 3).ue(0).flag(random.nextBoolean());
    }
    refPicSets.writeAll(out);
    longTerm = out.coin(random);
    if (longTerm) {
      int count = random.nextBoolean() ? 0 : random.nextInt(33);
      out.ue(count);
      for (int i = 0; i < count; i++) {
        out.u(pocLsbBits, random.nextInt());
        longTermUsed.add(out.coin(random));
      }
    }
    temporalMvp = out.coin(random);
    out.flag(random.nextBoolean());
    if (out.coin(random)) {
      new SyntheticHevcVui(random).write(out, subLayers);
    }
    boolean extension = screenContent || random.nextBoolean();
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
      present.add(out.coin(random));
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

  private void spsExtensions(BitWriter out, int lumaBits, int chromaBits) {
    boolean range = out.coin(random);
    boolean multilayer = out.coin(random);
    boolean threeD = out.coin(random);
    out.flag(screenContent).u(4, 0);
    out.u(range ? 9 : 0, random.nextInt());
    out.u(multilayer ? 1 : 0, 1);
    if (threeD) {
      out.u(2, 1).ue(2).u(4, 5);
      out.u(3, 2).ue(1).u(5, 9);
    }
    if (screenContent) {
      out.flag(random.nextBoolean());
      if (out.coin(random)) {
        out.ue(63).ue(64);
        if (out.coin(random)) {
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
      out.u(2, control).flag(random.nextBoolean());
    }
  }
}
