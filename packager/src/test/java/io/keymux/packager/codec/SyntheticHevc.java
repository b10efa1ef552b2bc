package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes HEVC slice segment headers for random parameter sets, along 7.3.6 of H.265. */
final class SyntheticHevc {
  private static final int[] TYPES = {0, 1, 2, 5, 8, 9, 16, 18, 19, 20, 21};

  private final Random random;
  private final SyntheticHevcSets sets;

  SyntheticHevc(Random random, boolean screenContent) {
    this.random = random;
    this.sets = new SyntheticHevcSets(random, screenContent);
  }

  SyntheticStream stream() {
    List<Bytes> parameterSets = List.of(Bytes.copyOf(sets.sps()), Bytes.copyOf(sets.pps()));
    List<SyntheticStream.Slice> slices = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      slices.add(slice());
    }
    return new SyntheticStream(parameterSets, slices);
  }

  private boolean coin(BitWriter out) {
    boolean value = random.nextBoolean();
    out.flag(value);
    return value;
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
    boolean first = coin(out);
    if (nalType >= 16) {
      out.flag(false);
    }
    out.ue(sets.ppsId);
    boolean dependent = false;
    if (!first) {
      dependent = sets.dependent && coin(out);
      out.u(bitsFor(sets.blocks), random.nextInt(sets.blocks));
    }
    if (!dependent) {
      independent(out, nalType);
    }
    if (sets.tiles || sets.wavefronts) {
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
    if (sets.headerExtension) {
      int length = random.nextInt(20);
      out.ue(length).u(0, 0);
      for (int i = 0; i < length; i++) {
        out.u(8, random.nextInt(3));
      }
    }
    return SyntheticStream.Slice.of(out.trailingBits(), random.nextInt(40));
  }

  private void independent(BitWriter out, int nalType) {
    out.u(sets.extraBits, random.nextInt());
    int type = random.nextInt(3);
    out.ue(type);
    if (sets.outputFlag) {
      out.flag(true);
    }
    if (sets.separatePlanes) {
      out.u(2, 1);
    }
    int pictures = sets.selfReference ? 1 : 0;
    boolean temporalMvp = false;
    if (nalType != 19 && nalType != 20) {
      out.u(sets.pocLsbBits, random.nextInt(3) == 0 ? random.nextInt() : 0);
      pictures += references(out);
      temporalMvp = sets.temporalMvp && coin(out);
    }
    boolean sao = false;
    if (sets.sao) {
      sao = coin(out);
      if (sets.chromaFormat != 0 && !sets.separatePlanes) {
        sao |= coin(out);
      }
    }
    if (type < 2) {
      prediction(out, type == 0, pictures, temporalMvp);
    }
    out.se(random.nextInt(50) - 25);
    if (sets.chromaQp) {
      out.se(-1).se(5);
    }
    if (sets.actQp) {
      out.se(1).se(-2).se(3);
    }
    if (sets.chromaQpLists) {
      out.flag(true);
    }
    boolean deblockingDisabled = sets.deblockingDisabled;
    if (sets.deblockingOverride && coin(out)) {
      deblockingDisabled = coin(out);
      if (!deblockingDisabled) {
        out.se(-6).se(6);
      }
    }
    if (sets.acrossSlices && (sao || !deblockingDisabled)) {
      out.flag(true);
    }
  }

  private int references(BitWriter out) {
    SyntheticHevcSets.RefPicSet set;
    boolean fromSps = sets.setCount > 0 && random.nextBoolean();
    out.flag(fromSps);
    if (fromSps) {
      int index = random.nextInt(sets.setCount);
      out.u(bitsFor(sets.setCount), index);
      set = sets.sets.get(index);
    } else {
      set = sets.refPicSet(out, sets.setCount);
    }
    int pictures = set.used();
    if (sets.longTerm) {
      int candidates = sets.longTermUsed.size();
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
          used = sets.longTermUsed.get(index);
        } else {
          out.u(sets.pocLsbBits, random.nextInt());
          used = coin(out);
        }
        pictures += used ? 1 : 0;
        if (coin(out)) {
          out.ue(random.nextInt(300));
        }
      }
    }
    return pictures;
  }

  private void prediction(BitWriter out, boolean bidirectional, int pictures, boolean temporalMvp) {
    int l0 = sets.active0;
    int l1 = sets.active1;
    if (coin(out)) {
      l0 = 1 + random.nextInt(15);
      l1 = 1 + random.nextInt(15);
      out.ue(l0 - 1);
      if (bidirectional) {
        out.ue(l1 - 1);
      }
    }
    if (sets.listsModification && pictures > 1) {
      for (int list = 0; list < (bidirectional ? 2 : 1); list++) {
        boolean modified = coin(out);
        for (int i = 0; modified && i < (list == 0 ? l0 : l1); i++) {
          out.u(bitsFor(pictures), random.nextInt(pictures));
        }
      }
    }
    if (bidirectional) {
      out.flag(true);
    }
    if (sets.cabacInit) {
      out.flag(true);
    }
    if (temporalMvp) {
      boolean fromL0 = !bidirectional || coin(out);
      if (fromL0 ? l0 > 1 : l1 > 1) {
        out.ue(0);
      }
    }
    if (bidirectional ? sets.weightedBi : sets.weighted) {
      boolean chroma = sets.chromaFormat != 0 && !sets.separatePlanes;
      out.ue(random.nextInt(8));
      if (chroma) {
        out.se(random.nextInt(5) - 2);
      }
      weights(out, l0, chroma);
      weights(out, bidirectional ? l1 : 0, chroma);
    }
    out.ue(random.nextInt(5));
    if (sets.integerMv) {
      out.flag(true);
    }
  }

  private void weights(BitWriter out, int active, boolean chroma) {
    List<Boolean> luma = new ArrayList<>();
    List<Boolean> colour = new ArrayList<>();
    for (int i = 0; i < active; i++) {
      luma.add(coin(out));
    }
    for (int i = 0; chroma && i < active; i++) {
      colour.add(coin(out));
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
