package io.keymux.packager.codec;

/** A random frame header, along 5.9.2. */
final class SyntheticAv1Frame {
  private static final int KEY_FRAME = 0;
  private static final int INTER_FRAME = 1;
  private static final int INTRA_ONLY_FRAME = 2;
  private static final int SWITCH_FRAME = 3;

  private final Av1Syntax s;
  private final SyntheticAv1Sequence seq;
  private final SyntheticAv1Slots slots;
  final SyntheticAv1Coding coding;
  private int[] refFrameIdx = new int[7];
  private int type;
  private boolean showFrame = true;
  private boolean showableFrame;
  private boolean errorResilient = true;
  private boolean allowHighPrecisionMv;
  private int orderHint;
  private int refreshFrameFlags = 0xff;
  private int upscaledWidth;
  private int frameWidth;
  private int frameHeight;

  SyntheticAv1Frame(Av1Syntax syntax, SyntheticAv1Sequence sequence, SyntheticAv1Slots slots) {
    this.s = syntax;
    this.seq = sequence;
    this.slots = slots;
    this.coding = new SyntheticAv1Coding(syntax, sequence);
  }

  /** A header that shows a frame again. */
  void showExisting() {
    s.put(1, 1);
    int frameToShowMapIdx = s.f(3);
    temporalPointInfo();
    s.f(seq.idLen);
    if (slots.refFrameType[frameToShowMapIdx] == KEY_FRAME) {
      slots.showKeyFrame(frameToShowMapIdx);
    }
  }

  private void temporalPointInfo() {
    if (seq.decoderModelInfoPresent && !seq.equalPictureInterval) {
      s.f(seq.framePresentationTimeLength);
    }
  }

  /**
   * @param first whether it must be a key frame that is shown
   */
  void uncompressedHeader(boolean first, int temporalId, int spatialId) {
    if (!seq.reducedStillPictureHeader) {
      frameType(first);
    }
    boolean frameIsIntra = type == KEY_FRAME || type == INTRA_ONLY_FRAME;
    boolean disableCdfUpdate = s.flag();
    boolean screenContentTools =
        seq.seqForceScreenContentTools == 2 ? s.flag() : seq.seqForceScreenContentTools == 1;
    boolean forceIntegerMv = false;
    if (screenContentTools) {
      forceIntegerMv = seq.seqForceIntegerMv == 2 ? s.flag() : seq.seqForceIntegerMv == 1;
    }
    s.f(seq.idLen);
    boolean override = type == SWITCH_FRAME;
    if (!override && !seq.reducedStillPictureHeader) {
      override = s.flag();
    }
    orderHint = s.f(seq.orderHintBits);
    int primaryRefFrame = frameIsIntra || errorResilient ? 7 : s.f(3);
    bufferRemovalTimes(temporalId, spatialId);
    refresh(frameIsIntra);
    boolean allowIntrabc = false;
    if (frameIsIntra) {
      frameSize(override);
      allowIntrabc = screenContentTools && upscaledWidth == frameWidth && s.flag();
    } else {
      interFrame(override, forceIntegerMv);
    }
    if (!seq.reducedStillPictureHeader && !disableCdfUpdate) {
      s.f(1);
    }
    int[][] prevGmParams = SyntheticAv1Ending.defaultGmParams();
    if (primaryRefFrame != 7) {
      int prevFrame = refFrameIdx[primaryRefFrame];
      prevGmParams = slots.savedGmParams[prevFrame];
      coding.featureEnabled = slots.savedFeatureEnabled[prevFrame];
      coding.featureData = slots.savedFeatureData[prevFrame];
    }
    coding.tileInfo(frameWidth, frameHeight);
    coding.quantizationParams();
    coding.segmentationParams(primaryRefFrame == 7);
    coding.deltaParams(allowIntrabc);
    coding.filters(upscaledWidth != frameWidth, allowIntrabc);
    boolean referenceSelect = !frameIsIntra && s.flag();
    if (referenceSelect && seq.enableOrderHint && skipModeAllowed()) {
      s.f(1);
    }
    if (!frameIsIntra && !errorResilient && seq.enableWarpedMotion) {
      s.f(1);
    }
    s.f(1);
    SyntheticAv1Ending ending = new SyntheticAv1Ending(s, seq);
    coding.gmParams = ending.globalMotionParams(frameIsIntra, allowHighPrecisionMv, prevGmParams);
    if (seq.filmGrainParamsPresent && (showFrame || showableFrame)) {
      ending.filmGrainParams(type == INTER_FRAME);
    }
  }

  private void frameType(boolean first) {
    s.put(1, 0);
    int[] types = {
      INTER_FRAME, INTER_FRAME, INTER_FRAME, INTRA_ONLY_FRAME, SWITCH_FRAME, KEY_FRAME
    };
    type = s.put(2, first ? KEY_FRAME : types[s.random.nextInt(types.length)]);
    showFrame = s.put(1, first ? 1 : s.random.nextInt(2)) == 1;
    if (showFrame) {
      temporalPointInfo();
    }
    showableFrame = showFrame ? type != KEY_FRAME : s.flag();
    if (type != SWITCH_FRAME && !(type == KEY_FRAME && showFrame)) {
      errorResilient = s.rare(4);
    }
  }

  private void bufferRemovalTimes(int temporalId, int spatialId) {
    if (seq.decoderModelInfoPresent && s.flag()) {
      for (int op = 0; op < seq.operatingPointsCnt; op++) {
        int idc = seq.operatingPointIdc[op];
        boolean inTemporalLayer = (idc >> temporalId & 1) == 1;
        boolean inSpatialLayer = (idc >> (spatialId + 8) & 1) == 1;
        if (seq.decoderModelPresentForThisOp[op]
            && (idc == 0 || (inTemporalLayer && inSpatialLayer))) {
          s.f(seq.bufferRemovalTimeLength);
        }
      }
    }
  }

  private void refresh(boolean frameIsIntra) {
    if (type != SWITCH_FRAME && !(type == KEY_FRAME && showFrame)) {
      refreshFrameFlags = s.f(8);
    }
    if ((!frameIsIntra || refreshFrameFlags != 0xff) && errorResilient && seq.enableOrderHint) {
      for (int i = 0; i < 8; i++) {
        boolean lost = s.random.nextInt(8) == 0;
        int hint = lost ? s.f(seq.orderHintBits) : s.put(seq.orderHintBits, slots.refOrderHint[i]);
        if (hint != slots.refOrderHint[i]) {
          SyntheticAv1Coding none = new SyntheticAv1Coding(s, seq);
          none.gmParams = SyntheticAv1Ending.defaultGmParams();
          slots.save(i, seq.maxFrameWidth, seq.maxFrameHeight, INTER_FRAME, hint, none);
        }
      }
    }
  }

  private void frameSize(boolean override) {
    upscaledWidth = seq.maxFrameWidth;
    frameHeight = seq.maxFrameHeight;
    if (override) {
      upscaledWidth = s.put(seq.frameWidthBits, s.random.nextInt(seq.maxFrameWidth)) + 1;
      frameHeight = s.put(seq.frameHeightBits, s.random.nextInt(seq.maxFrameHeight)) + 1;
    }
    superres();
    if (s.flag()) {
      s.f(16);
      s.f(16);
    }
  }

  private void superres() {
    int denom = 8;
    if (seq.enableSuperres && s.flag()) {
      denom = s.f(3) + 9;
    }
    frameWidth = (upscaledWidth * 8 + denom / 2) / denom;
  }

  private void interFrame(boolean override, boolean forceIntegerMv) {
    boolean shortSignaling = seq.enableOrderHint && s.flag();
    if (shortSignaling) {
      refFrameIdx = slots.setFrameRefs(seq, orderHint, s.f(3), s.f(3));
    }
    for (int i = 0; i < 7; i++) {
      if (!shortSignaling) {
        refFrameIdx[i] = s.f(3);
      }
      if (seq.frameIdNumbersPresent) {
        s.f(seq.deltaFrameIdLength);
      }
    }
    boolean foundRef = false;
    for (int i = 0; override && !errorResilient && !foundRef && i < 7; i++) {
      foundRef = s.rare(4);
      if (foundRef) {
        upscaledWidth = slots.refUpscaledWidth[refFrameIdx[i]];
        frameHeight = slots.refFrameHeight[refFrameIdx[i]];
        superres();
      }
    }
    if (!foundRef) {
      frameSize(override);
    }
    allowHighPrecisionMv = !forceIntegerMv && s.flag();
    if (!s.flag()) {
      s.f(2);
    }
    s.f(1);
    if (!errorResilient && seq.enableRefFrameMvs) {
      s.f(1);
    }
  }

  private boolean skipModeAllowed() {
    int forwardIdx = -1;
    int backwardIdx = -1;
    int forwardHint = 0;
    int backwardHint = 0;
    for (int i = 0; i < 7; i++) {
      int refHint = slots.refOrderHint[refFrameIdx[i]];
      if (distance(refHint, orderHint) < 0) {
        if (forwardIdx < 0 || distance(refHint, forwardHint) > 0) {
          forwardIdx = i;
          forwardHint = refHint;
        }
      } else if (distance(refHint, orderHint) > 0) {
        if (backwardIdx < 0 || distance(refHint, backwardHint) < 0) {
          backwardIdx = i;
          backwardHint = refHint;
        }
      }
    }
    if (forwardIdx < 0) {
      return false;
    }
    if (backwardIdx >= 0) {
      return true;
    }
    int secondForwardIdx = -1;
    int secondForwardHint = 0;
    for (int i = 0; i < 7; i++) {
      int refHint = slots.refOrderHint[refFrameIdx[i]];
      if (distance(refHint, forwardHint) < 0
          && (secondForwardIdx < 0 || distance(refHint, secondForwardHint) > 0)) {
        secondForwardIdx = i;
        secondForwardHint = refHint;
      }
    }
    return secondForwardIdx >= 0;
  }

  private int distance(int a, int b) {
    return SyntheticAv1Slots.getRelativeDist(seq, a, b);
  }

  /** The reference frame update process. */
  void update() {
    for (int i = 0; i < 8; i++) {
      if ((refreshFrameFlags >> i & 1) == 1) {
        slots.save(i, upscaledWidth, frameHeight, type, orderHint, coding);
      }
    }
  }
}
