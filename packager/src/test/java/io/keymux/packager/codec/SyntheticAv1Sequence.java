package io.keymux.packager.codec;

/** A random sequence header, along 5.5. */
final class SyntheticAv1Sequence {
  private final Av1Syntax s;
  int profile;
  boolean reducedStillPictureHeader;
  boolean decoderModelInfoPresent;
  boolean equalPictureInterval;
  int bufferDelayLength;
  int bufferRemovalTimeLength;
  int framePresentationTimeLength;
  int operatingPointsCnt = 1;
  int[] operatingPointIdc = new int[32];
  boolean[] decoderModelPresentForThisOp = new boolean[32];
  int frameWidthBits;
  int frameHeightBits;
  int maxFrameWidth;
  int maxFrameHeight;
  boolean frameIdNumbersPresent;
  int deltaFrameIdLength;
  int idLen;
  boolean use128x128Superblock;
  boolean enableWarpedMotion;
  boolean enableOrderHint;
  boolean enableRefFrameMvs;
  int seqForceScreenContentTools = 2;
  int seqForceIntegerMv = 2;
  int orderHintBits;
  boolean enableSuperres;
  boolean enableCdef;
  boolean enableRestoration;
  boolean monoChrome;
  int subsamplingX;
  int subsamplingY;
  boolean separateUvDeltaQ;
  boolean filmGrainParamsPresent;

  SyntheticAv1Sequence(Av1Syntax syntax) {
    s = syntax;
    profile = s.put(3, s.random.nextInt(3));
    s.f(1);
    reducedStillPictureHeader = s.rare(8);
    if (reducedStillPictureHeader) {
      s.f(5);
    } else {
      timingAndPoints();
    }
    frameWidthBits = s.put(4, 8 + s.random.nextInt(8)) + 1;
    frameHeightBits = s.put(4, 8 + s.random.nextInt(8)) + 1;
    maxFrameWidth = dimension(frameWidthBits);
    maxFrameHeight = dimension(frameHeightBits);
    frameIdNumbersPresent = !reducedStillPictureHeader && s.rare(3);
    if (frameIdNumbersPresent) {
      deltaFrameIdLength = s.put(4, s.random.nextInt(7)) + 2;
      idLen = s.f(3) + deltaFrameIdLength + 1;
    }
    use128x128Superblock = s.flag();
    s.f(2);
    if (!reducedStillPictureHeader) {
      tools();
    }
    enableSuperres = s.flag();
    enableCdef = s.flag();
    enableRestoration = s.flag();
    colorConfig();
    filmGrainParamsPresent = s.flag();
  }

  private int dimension(int bits) {
    int most = s.random.nextInt(6) == 0 ? 1 << bits : 600;
    return s.put(bits, s.random.nextInt(Math.min(1 << bits, Math.min(most, 9000)))) + 1;
  }

  private void timingAndPoints() {
    if (s.flag()) {
      s.f(32);
      s.f(32);
      equalPictureInterval = s.flag();
      if (equalPictureInterval) {
        s.uvlc();
      }
      decoderModelInfoPresent = s.flag();
      if (decoderModelInfoPresent) {
        bufferDelayLength = s.f(5) + 1;
        s.f(32);
        bufferRemovalTimeLength = s.f(5) + 1;
        framePresentationTimeLength = s.f(5) + 1;
      }
    }
    boolean initialDisplayDelayPresent = s.flag();
    operatingPointsCnt = s.put(5, s.random.nextInt(2) * s.random.nextInt(32)) + 1;
    for (int i = 0; i < operatingPointsCnt; i++) {
      operatingPointIdc[i] = s.put(12, s.random.nextInt(2) * s.random.nextInt(1 << 12));
      if (s.f(5) > 7) {
        s.f(1);
      }
      if (decoderModelInfoPresent) {
        decoderModelPresentForThisOp[i] = s.flag();
        if (decoderModelPresentForThisOp[i]) {
          s.f(bufferDelayLength);
          s.f(bufferDelayLength);
          s.f(1);
        }
      }
      if (initialDisplayDelayPresent && s.flag()) {
        s.f(4);
      }
    }
  }

  private void tools() {
    s.f(2);
    enableWarpedMotion = s.flag();
    s.f(1);
    enableOrderHint = s.put(1, s.random.nextInt(4) == 0 ? 0 : 1) == 1;
    if (enableOrderHint) {
      s.f(1);
      enableRefFrameMvs = s.flag();
    }
    if (!s.flag()) {
      seqForceScreenContentTools = s.f(1);
    }
    if (seqForceScreenContentTools > 0 && !s.flag()) {
      seqForceIntegerMv = s.f(1);
    }
    if (enableOrderHint) {
      orderHintBits = s.f(3) + 1;
    }
  }

  private void colorConfig() {
    boolean highBitdepth = s.flag();
    int bitDepth = highBitdepth ? 10 : 8;
    if (profile == 2 && highBitdepth) {
      bitDepth = s.flag() ? 12 : 10;
    }
    monoChrome = profile != 1 && s.rare(4);
    int colorPrimaries = 2;
    int transferCharacteristics = 2;
    int matrixCoefficients = 2;
    if (s.flag()) {
      boolean srgb = s.random.nextInt(3) == 0;
      colorPrimaries = s.put(8, srgb ? 1 : 9);
      transferCharacteristics = s.put(8, srgb ? 13 : 16);
      matrixCoefficients = s.put(8, srgb ? 0 : 9);
    }
    if (monoChrome) {
      s.f(1);
      subsamplingX = 1;
      subsamplingY = 1;
      return;
    }
    if (colorPrimaries == 1 && transferCharacteristics == 13 && matrixCoefficients == 0) {
      subsamplingX = 0;
      subsamplingY = 0;
    } else {
      s.f(1);
      if (profile == 0) {
        subsamplingX = 1;
        subsamplingY = 1;
      } else if (profile == 1) {
        subsamplingX = 0;
        subsamplingY = 0;
      } else if (bitDepth == 12) {
        subsamplingX = s.f(1);
        subsamplingY = subsamplingX == 1 ? s.f(1) : 0;
      } else {
        subsamplingX = 1;
        subsamplingY = 0;
      }
      if (subsamplingX == 1 && subsamplingY == 1) {
        s.f(2);
      }
    }
    separateUvDeltaQ = s.flag();
  }
}
