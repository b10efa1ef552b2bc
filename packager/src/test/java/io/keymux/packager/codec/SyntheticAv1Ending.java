package io.keymux.packager.codec;

/** The end of a random frame header: global motion and film grain. */
final class SyntheticAv1Ending {
  private static final int WARPEDMODEL_PREC_BITS = 16;
  private static final int TRANSLATION = 1;
  private static final int ROTZOOM = 2;
  private static final int AFFINE = 3;

  private final Av1Syntax s;
  private final SyntheticAv1Sequence seq;

  SyntheticAv1Ending(Av1Syntax syntax, SyntheticAv1Sequence sequence) {
    s = syntax;
    seq = sequence;
  }

  static int[][] defaultGmParams() {
    int[][] params = new int[7][6];
    for (int[] param : params) {
      param[2] = 1 << WARPEDMODEL_PREC_BITS;
      param[5] = 1 << WARPEDMODEL_PREC_BITS;
    }
    return params;
  }

  int[][] globalMotionParams(boolean frameIsIntra, boolean highPrecision, int[][] prevGmParams) {
    int[][] gmParams = defaultGmParams();
    if (frameIsIntra) {
      return gmParams;
    }
    for (int ref = 0; ref < 7; ref++) {
      int type = 0;
      if (s.flag()) {
        if (s.flag()) {
          type = ROTZOOM;
        } else {
          type = s.flag() ? TRANSLATION : AFFINE;
        }
      }
      int[] gm = gmParams[ref];
      int[] prev = prevGmParams[ref];
      if (type >= ROTZOOM) {
        param(type, gm, prev, 2, highPrecision);
        param(type, gm, prev, 3, highPrecision);
        if (type == AFFINE) {
          param(type, gm, prev, 4, highPrecision);
          param(type, gm, prev, 5, highPrecision);
        } else {
          gm[4] = -gm[3];
          gm[5] = gm[2];
        }
      }
      if (type >= TRANSLATION) {
        param(type, gm, prev, 0, highPrecision);
        param(type, gm, prev, 1, highPrecision);
      }
    }
    return gmParams;
  }

  private void param(int type, int[] gm, int[] prev, int idx, boolean highPrecision) {
    int absBits = 12;
    int precBits = 15;
    if (idx < 2) {
      absBits = type == TRANSLATION ? 9 - (highPrecision ? 0 : 1) : 12;
      precBits = type == TRANSLATION ? 3 - (highPrecision ? 0 : 1) : 6;
    }
    int precDiff = WARPEDMODEL_PREC_BITS - precBits;
    int round = idx % 3 == 2 ? 1 << WARPEDMODEL_PREC_BITS : 0;
    int sub = idx % 3 == 2 ? 1 << precBits : 0;
    int mx = 1 << absBits;
    int r = (prev[idx] >> precDiff) - sub;
    gm[idx] = (decodeSignedSubexpWithRef(-mx, mx + 1, r) << precDiff) + round;
  }

  private int decodeSignedSubexpWithRef(int low, int high, int r) {
    return decodeUnsignedSubexpWithRef(high - low, r - low) + low;
  }

  private int decodeUnsignedSubexpWithRef(int mx, int r) {
    int v = decodeSubexp(mx);
    return r << 1 <= mx ? inverseRecenter(r, v) : mx - 1 - inverseRecenter(mx - 1 - r, v);
  }

  private int decodeSubexp(int numSyms) {
    int i = 0;
    int mk = 0;
    int k = 3;
    while (true) {
      int b2 = i != 0 ? k + i - 1 : k;
      int a = 1 << b2;
      if (numSyms <= mk + 3 * a) {
        return s.ns(numSyms - mk) + mk;
      }
      if (!s.flag()) {
        return s.f(b2) + mk;
      }
      i++;
      mk += a;
    }
  }

  private static int inverseRecenter(int r, int v) {
    if (v > 2 * r) {
      return v;
    }
    return (v & 1) != 0 ? r - ((v + 1) >> 1) : r + (v >> 1);
  }

  void filmGrainParams(boolean interFrame) {
    if (!s.flag()) {
      return;
    }
    s.f(16);
    if (interFrame && !s.flag()) {
      s.f(3);
      return;
    }
    int numYPoints = points();
    boolean chromaScalingFromLuma = !seq.monoChrome && s.flag();
    int numCbPoints = 0;
    int numCrPoints = 0;
    boolean noChroma = seq.subsamplingX == 1 && seq.subsamplingY == 1 && numYPoints == 0;
    if (!seq.monoChrome && !chromaScalingFromLuma && !noChroma) {
      numCbPoints = points();
      numCrPoints = points();
    }
    s.f(2);
    int arCoeffLag = s.f(2);
    int numPosLuma = 2 * arCoeffLag * (arCoeffLag + 1);
    int numPosChroma = numPosLuma;
    if (numYPoints > 0) {
      numPosChroma = numPosLuma + 1;
      bytes(numPosLuma);
    }
    if (chromaScalingFromLuma || numCbPoints > 0) {
      bytes(numPosChroma);
    }
    if (chromaScalingFromLuma || numCrPoints > 0) {
      bytes(numPosChroma);
    }
    s.f(4);
    if (numCbPoints > 0) {
      s.f(25);
    }
    if (numCrPoints > 0) {
      s.f(25);
    }
    s.f(2);
  }

  private int points() {
    int count = s.put(4, s.random.nextInt(2) * s.random.nextInt(15));
    bytes(2 * count);
    return count;
  }

  private void bytes(int count) {
    for (int i = 0; i < count; i++) {
      s.f(8);
    }
  }
}
