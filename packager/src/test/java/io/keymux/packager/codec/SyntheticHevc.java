package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes HEVC slice segment headers for random parameter sets, along 7.3.6 of H.265. */
final class SyntheticHevc {
  private static final int[] TYPES = {0, 1, 2, 5, 8, 9, 16, 18, 19, 20, 21};

  private final Random random;
  private final SyntheticHevcSps sps;
  private final SyntheticHevcPps pps;

  SyntheticHevc(Random random, boolean screenContent) {
    this.random = random;
    this.sps = new SyntheticHevcSps(random, screenContent);
    this.pps = new SyntheticHevcPps(random, screenContent);
  }

  SyntheticStream stream() {
    List<Bytes> parameterSets = List.of(Bytes.copyOf(sps.sps()), Bytes.copyOf(pps.pps(sps.spsId)));
    List<SyntheticStream.Slice> slices = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      slices.add(slice());
    }
    return new SyntheticStream(parameterSets, slices);
  }

  private static int bitsFor(int values) {
    int bits = 0;
    while ((1 << bits) < values) {
      bits++;
    }
    return bits;
  }

  private SyntheticStream.Slice slice() {
    int nalType = TYPES[random.nextInt(TYPES.length)];
    BitWriter out = new BitWriter().u(1, 0).u(6, nalType).u(6, 0).u(3, 1);
    boolean first = out.coin(random);
    if (nalType >= 16) {
      out.flag(false);
    }
    out.ue(pps.ppsId);
    boolean dependent = false;
    if (!first) {
      dependent = pps.dependent && out.coin(random);
      out.u(bitsFor(sps.blocks), random.nextInt(sps.blocks));
    }
    if (!dependent) {
      independent(out, nalType);
    }
    if (pps.tiles || pps.wavefronts) {
      int count = random.nextInt(12);
      out.ue(count);
      if (count > 0) {
        int bits = 1 + random.nextInt(32);
        out.ue(bits - 1);
        for (int i = 0; i < count; i++) {
          out.u(bits, random.nextInt(4) == 0 ? random.nextInt() : 0);
        }
      }
    }
    if (pps.headerExtension) {
      int length = random.nextInt(20);
      out.ue(length).u(0, 0);
      for (int i = 0; i < length; i++) {
        out.u(8, random.nextInt(3));
      }
    }
    return SyntheticStream.Slice.of(out.trailingBits(), random.nextInt(40));
  }

  private void independent(BitWriter out, int nalType) {
    out.u(pps.extraBits, random.nextInt());
    int type = random.nextInt(3);
    out.ue(type);
    if (pps.outputFlag) {
      out.flag(true);
    }
    if (sps.separatePlanes) {
      out.u(2, 1);
    }
    int pictures = pps.selfReference ? 1 : 0;
    boolean temporalMvp = false;
    if (nalType != 19 && nalType != 20) {
      out.u(sps.pocLsbBits, random.nextInt(3) == 0 ? random.nextInt() : 0);
      pictures += references(out);
      temporalMvp = sps.temporalMvp && out.coin(random);
    }
    boolean sao = false;
    if (sps.sao) {
      sao = out.coin(random);
      if (sps.chromaFormat != 0 && !sps.separatePlanes) {
        sao |= out.coin(random);
      }
    }
    if (type < 2) {
      prediction(out, type == 0, pictures, temporalMvp);
    }
    out.se(random.nextInt(50) - 25);
    if (pps.chromaQp) {
      out.se(-1).se(5);
    }
    if (pps.actQp) {
      out.se(1).se(-2).se(3);
    }
    if (pps.chromaQpLists) {
      out.flag(true);
    }
    boolean deblockingDisabled = pps.deblockingDisabled;
    if (pps.deblockingOverride && out.coin(random)) {
      deblockingDisabled = out.coin(random);
      if (!deblockingDisabled) {
        out.se(-6).se(6);
      }
    }
    if (pps.acrossSlices && (sao || !deblockingDisabled)) {
      out.flag(true);
    }
  }

  private int references(BitWriter out) {
    SyntheticHevcRefPicSets.RefPicSet set;
    boolean fromSps = sps.refPicSets.count > 0 && random.nextBoolean();
    out.flag(fromSps);
    if (fromSps) {
      int index = random.nextInt(sps.refPicSets.count);
      out.u(bitsFor(sps.refPicSets.count), index);
      set = sps.refPicSets.sets.get(index);
    } else {
      set = sps.refPicSets.write(out, sps.refPicSets.count);
    }
    int pictures = set.used();
    if (sps.longTerm) {
      int candidates = sps.longTermUsed.size();
      int fromCandidates = candidates > 0 ? random.nextInt(4) : 0;
      if (candidates > 0) {
        out.ue(fromCandidates);
      }
      int own = random.nextInt(4);
      out.ue(own);
      for (int i = 0; i < fromCandidates + own; i++) {
        boolean used;
        if (i < fromCandidates) {
          int index = random.nextInt(candidates);
          out.u(bitsFor(candidates), index);
          used = sps.longTermUsed.get(index);
        } else {
          out.u(sps.pocLsbBits, random.nextInt());
          used = out.coin(random);
        }
        pictures += used ? 1 : 0;
        if (out.coin(random)) {
          out.ue(random.nextInt(300));
        }
      }
    }
    return pictures;
  }

  private void prediction(BitWriter out, boolean bidirectional, int pictures, boolean temporalMvp) {
    int l0 = pps.active0;
    int l1 = pps.active1;
    if (out.coin(random)) {
      l0 = 1 + random.nextInt(15);
      l1 = 1 + random.nextInt(15);
      out.ue(l0 - 1);
      if (bidirectional) {
        out.ue(l1 - 1);
      }
    }
    if (pps.listsModification && pictures > 1) {
      for (int list = 0; list < (bidirectional ? 2 : 1); list++) {
        boolean modified = out.coin(random);
        for (int i = 0; modified && i < (list == 0 ? l0 : l1); i++) {
          out.u(bitsFor(pictures), random.nextInt(pictures));
        }
      }
    }
    if (bidirectional) {
      out.flag(true);
    }
    if (pps.cabacInit) {
      out.flag(true);
    }
    if (temporalMvp) {
      boolean fromL0 = !bidirectional || out.coin(random);
      if (fromL0 ? l0 > 1 : l1 > 1) {
        out.ue(0);
      }
    }
    if (bidirectional ? pps.weightedBi : pps.weighted) {
      boolean chroma = sps.chromaFormat != 0 && !sps.separatePlanes;
      out.ue(random.nextInt(8));
      if (chroma) {
        out.se(random.nextInt(5) - 2);
      }
      weights(out, l0, chroma);
      weights(out, bidirectional ? l1 : 0, chroma);
    }
    out.ue(random.nextInt(5));
    if (sps.integerMv) {
      out.flag(true);
    }
  }

  private void weights(BitWriter out, int active, boolean chroma) {
    List<Boolean> luma = new ArrayList<>();
    List<Boolean> colour = new ArrayList<>();
    for (int i = 0; i < active; i++) {
      luma.add(out.coin(random));
    }
    for (int i = 0; chroma && i < active; i++) {
      colour.add(out.coin(random));
    }
    for (int i = 0; i < active; i++) {
      if (luma.get(i)) {
        out.se(random.nextInt(256) - 128).se(random.nextInt(256) - 128);
      }
      for (int j = 0; chroma && colour.get(i) && j < 2; j++) {
        out.se(random.nextInt(256) - 128).se(random.nextInt(1024) - 512);
      }
    }
  }
}
