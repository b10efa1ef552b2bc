package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes H.264 slice headers for random parameter sets, along 7.3.3. */
final class SyntheticAvc {
  private final Random random;
  private final SyntheticAvcSets sets;

  SyntheticAvc(Random random) {
    this.random = random;
    this.sets = new SyntheticAvcSets(random);
  }

  SyntheticStream stream() {
    List<Bytes> parameterSets = List.of(Bytes.copyOf(sets.sps()), Bytes.copyOf(sets.pps()));
    List<SyntheticStream.Slice> slices = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      slices.add(slice());
    }
    return new SyntheticStream(parameterSets, slices);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private SyntheticStream.Slice slice() {
    int nalType = List.of(1, 1, 5, 2).get(random.nextInt(4));
    int refIdc = nalType == 5 ? 3 : random.nextInt(3);
    int type = random.nextInt(10);
    BitWriter out = new BitWriter().u(1, 0).u(2, refIdc).u(5, nalType);
    out.ue(random.nextInt(3000)).ue(type).ue(sets.ppsId);
    if (sets.separatePlanes) {
      out.u(2, random.nextInt(3));
    }
    out.u(sets.frameNumBits, coin() ? 0 : random.nextInt());
    boolean field = !sets.frameOnly && coin();
    if (!sets.frameOnly) {
      out.flag(field);
      if (field) {
        out.flag(coin());
      }
    }
    if (nalType == 5) {
      out.ue(random.nextInt(65536));
    }
    if (sets.pocType == 0) {
      out.u(sets.pocLsbBits, coin() ? 0 : random.nextInt());
      if (sets.bottomPoc && !field) {
        out.se(random.nextInt(99) - 50);
      }
    }
    if (sets.pocType == 1 && !sets.deltaPocZero) {
      out.se(random.nextInt(99) - 50);
      if (sets.bottomPoc && !field) {
        out.se(random.nextInt());
      }
    }
    if (sets.redundant) {
      out.ue(random.nextInt(128));
    }
    prediction(out, type % 5);
    if (refIdc != 0) {
      marking(out, nalType == 5);
    }
    if (sets.cabac && type % 5 != 2 && type % 5 != 4) {
      out.ue(random.nextInt(3));
    }
    out.se(random.nextInt(52) - 26);
    if (type % 5 == 3) {
      out.flag(coin());
    }
    if (type % 5 >= 3) {
      out.se(random.nextInt(52) - 26);
    }
    if (sets.deblocking) {
      int idc = random.nextInt(3);
      out.ue(idc);
      if (idc != 1) {
        out.se(random.nextInt(13) - 6).se(random.nextInt(13) - 6);
      }
    }
    out.u(sets.groupCycleBits, random.nextInt());
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
    int l0 = sets.active0;
    int l1 = sets.active1;
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
    if (bidirectional ? sets.weightedBi == 1 : sets.weighted) {
      boolean chroma = sets.chromaFormat != 0 && !sets.separatePlanes;
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
