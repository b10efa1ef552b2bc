package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes H.264 parameter sets and slice headers with random features, along 7.3.2 and 7.3.3. */
final class SyntheticAvc {
  private static final int[] PROFILES = {66, 77, 88, 100, 110, 122, 244, 44, 118, 128};

  private final Random random;
  private final int spsId;
  private final int ppsId;
  private boolean separatePlanes;
  private int chromaFormat = 1;
  private int frameNumBits;
  private int pocType;
  private int pocLsbBits;
  private boolean deltaPocZero;
  private boolean frameOnly;
  private int mapUnits;
  private boolean cabac;
  private boolean bottomPoc;
  private int groupCycleBits;
  private int active0;
  private int active1;
  private boolean weighted;
  private int weightedBi;
  private boolean deblocking;
  private boolean redundant;

  SyntheticAvc(Random random) {
    this.random = random;
    this.spsId = random.nextInt(32);
    this.ppsId = random.nextInt(256);
  }

  SyntheticStream stream() {
    List<Bytes> sets = List.of(Bytes.copyOf(sps()), Bytes.copyOf(pps()));
    List<SyntheticStream.Slice> slices = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      slices.add(slice());
    }
    return new SyntheticStream(sets, slices);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private byte[] sps() {
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

  private byte[] pps() {
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

  private SyntheticStream.Slice slice() {
    int nalType = List.of(1, 1, 5, 2).get(random.nextInt(4));
    int refIdc = nalType == 5 ? 3 : random.nextInt(3);
    int type = random.nextInt(10);
    BitWriter out = new BitWriter().u(1, 0).u(2, refIdc).u(5, nalType);
    out.ue(random.nextInt(3000)).ue(type).ue(ppsId);
    if (separatePlanes) {
      out.u(2, random.nextInt(3));
    }
    out.u(frameNumBits, coin() ? 0 : random.nextInt());
    boolean field = !frameOnly && coin();
    if (!frameOnly) {
      out.flag(field);
      if (field) {
        out.flag(coin());
      }
    }
    if (nalType == 5) {
      out.ue(random.nextInt(65536));
    }
    if (pocType == 0) {
      out.u(pocLsbBits, coin() ? 0 : random.nextInt());
      if (bottomPoc && !field) {
        out.se(random.nextInt(99) - 50);
      }
    }
    if (pocType == 1 && !deltaPocZero) {
      out.se(random.nextInt(99) - 50);
      if (bottomPoc && !field) {
        out.se(random.nextInt());
      }
    }
    if (redundant) {
      out.ue(random.nextInt(128));
    }
    prediction(out, type % 5);
    if (refIdc != 0) {
      marking(out, nalType == 5);
    }
    if (cabac && type % 5 != 2 && type % 5 != 4) {
      out.ue(random.nextInt(3));
    }
    out.se(random.nextInt(52) - 26);
    if (type % 5 == 3) {
      out.flag(coin());
    }
    if (type % 5 >= 3) {
      out.se(random.nextInt(52) - 26);
    }
    if (deblocking) {
      int idc = random.nextInt(3);
      out.ue(idc);
      if (idc != 1) {
        out.se(random.nextInt(13) - 6).se(random.nextInt(13) - 6);
      }
    }
    out.u(groupCycleBits, random.nextInt());
    if (nalType == 2) {
      out.ue(random.nextInt(9)); // slice_id
    }
    return SyntheticStream.Slice.of(out, random.nextInt(40));
  }

  private void prediction(BitWriter out, int type) {
    if (type == 2 || type == 4) {
      return;
    }
    boolean bidirectional = type == 1;
    if (bidirectional) {
      out.flag(coin());
    }
    int l0 = active0;
    int l1 = active1;
    boolean override = coin();
    out.flag(override);
    if (override) {
      l0 = 1 + random.nextInt(32);
      l1 = 1 + random.nextInt(32);
      out.ue(l0 - 1);
      if (bidirectional) {
        out.ue(l1 - 1);
      }
    }
    listModification(out, l0);
    if (bidirectional) {
      listModification(out, l1);
    }
    if (bidirectional ? weightedBi == 1 : weighted) {
      boolean chroma = chromaFormat != 0 && !separatePlanes;
      out.ue(random.nextInt(8));
      if (chroma) {
        out.ue(random.nextInt(8));
      }
      weights(out, l0, chroma);
      weights(out, bidirectional ? l1 : 0, chroma);
    }
  }

  private void listModification(BitWriter out, int active) {
    boolean present = coin();
    out.flag(present);
    if (present) {
      for (int i = random.nextInt(active + 1); i > 0; i--) {
        out.ue(random.nextInt(3)).ue(random.nextInt(2000));
      }
      out.ue(3);
    }
  }

  private void weights(BitWriter out, int active, boolean chroma) {
    for (int i = 0; i < active; i++) {
      boolean luma = coin();
      out.flag(luma);
      if (luma) {
        out.se(random.nextInt(256) - 128).se(random.nextInt(256) - 128);
      }
      if (chroma) {
        boolean weight = coin();
        out.flag(weight);
        for (int j = 0; weight && j < 4; j++) {
          out.se(random.nextInt(256) - 128);
        }
      }
    }
  }

  private void marking(BitWriter out, boolean idr) {
    if (idr) {
      out.flag(coin()).flag(coin());
      return;
    }
    boolean adaptive = coin();
    out.flag(adaptive);
    if (adaptive) {
      for (int i = random.nextInt(8); i > 0; i--) {
        int operation = 1 + random.nextInt(6);
        out.ue(operation);
        if (operation == 1 || operation == 3) {
          out.ue(random.nextInt(500)); // difference_of_pic_nums_minus1
        }
        if (operation == 2) {
          out.ue(random.nextInt(16)); // long_term_pic_num
        }
        if (operation == 3 || operation == 6) {
          out.ue(random.nextInt(16)); // long_term_frame_idx
        }
        if (operation == 4) {
          out.ue(random.nextInt(17)); // max_long_term_frame_idx_plus1
        }
      }
      out.ue(0);
    }
  }
}
