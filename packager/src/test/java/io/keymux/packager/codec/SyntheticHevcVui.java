package io.keymux.packager.codec;

import java.util.Random;

/** Writes random video usability information, along Annex E of H.265. */
final class SyntheticHevcVui {
  private final Random random;

  SyntheticHevcVui(Random random) {
    this.random = random;
  }

  void write(BitWriter out, int subLayers) {
    if (out.coin(random)) {
      int idc = random.nextBoolean() ? 255 : 1;
      out.u(8, idc).u(idc == 255 ? 32 : 0, 0x00040003);
    }
    if (out.coin(random)) {
      out.flag(random.nextBoolean());
    }
    if (out.coin(random)) {
      out.u(4, 10);
      if (out.coin(random)) {
        out.u(24, 0x091009);
      }
    }
    if (out.coin(random)) {
      out.ue(1).ue(1);
    }
    out.u(3, 0);
    if (out.coin(random)) {
      out.ue(1).ue(2).ue(3).ue(4);
    }
    if (out.coin(random)) {
      out.u(32, 1).u(32, 25);
      if (out.coin(random)) {
        out.ue(9);
      }
      if (out.coin(random)) {
        hrd(out, subLayers);
      }
    }
    if (out.coin(random)) {
      out.u(3, 5).ue(1).ue(2).ue(3).ue(4).ue(5);
    }
  }

  private void hrd(BitWriter out, int subLayers) {
    boolean nal = out.coin(random);
    boolean vcl = out.coin(random);
    boolean subPicture = false;
    if (nal || vcl) {
      subPicture = out.coin(random);
      out.u(subPicture ? 19 : 0, 0x12345).u(8, 0x44).u(subPicture ? 4 : 0, 3).u(15, 0x7abc);
    }
    for (int i = 0; i <= subLayers; i++) {
      boolean fixedGeneral = out.coin(random);
      boolean fixedWithin = fixedGeneral || out.coin(random);
      boolean lowDelay = false;
      if (fixedWithin) {
        out.ue(random.nextInt(100));
      } else {
        lowDelay = out.coin(random);
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
        out.flag(random.nextBoolean());
      }
    }
  }
}
