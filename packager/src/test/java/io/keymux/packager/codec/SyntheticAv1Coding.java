package io.keymux.packager.codec;

/** The middle of a random frame header: tiles, quantizers, segments and filters. */
final class SyntheticAv1Coding {
  private static final int[] SEGMENTATION_FEATURE_BITS = {8, 6, 6, 6, 6, 3, 0, 0};
  private static final int[] SEGMENTATION_FEATURE_MAX = {255, 63, 63, 63, 63, 7, 0, 0};

  private final Av1Syntax s;
  private final SyntheticAv1Sequence seq;
  int tileCols;
  int tileRows;
  int tileColsLog2;
  int tileRowsLog2;
  int tileSizeBytes;
  int baseQIdx;
  boolean codedLossless;
  boolean[][] featureEnabled = new boolean[8][8];
  int[][] featureData = new int[8][8];
  int[][] gmParams = {};
  private boolean deltas;
  private boolean segmentationEnabled;

  SyntheticAv1Coding(Av1Syntax syntax, SyntheticAv1Sequence sequence) {
    s = syntax;
    seq = sequence;
  }

  private static int tileLog2(int blkSize, int target) {
    int k = 0;
    while ((blkSize << k) < target) {
      k++;
    }
    return k;
  }

  void tileInfo(int frameWidth, int frameHeight) {
    int miCols = 2 * ((frameWidth + 7) >> 3);
    int miRows = 2 * ((frameHeight + 7) >> 3);
    int sbCols = seq.use128x128Superblock ? (miCols + 31) >> 5 : (miCols + 15) >> 4;
    int sbRows = seq.use128x128Superblock ? (miRows + 31) >> 5 : (miRows + 15) >> 4;
    int sbSize = (seq.use128x128Superblock ? 5 : 4) + 2;
    int maxTileWidthSb = 4096 >> sbSize;
    int maxTileAreaSb = (4096 * 2304) >> (2 * sbSize);
    int minLog2TileCols = tileLog2(maxTileWidthSb, sbCols);
    int maxLog2TileCols = tileLog2(1, Math.min(sbCols, 64));
    int maxLog2TileRows = tileLog2(1, Math.min(sbRows, 64));
    int minLog2Tiles = Math.max(minLog2TileCols, tileLog2(maxTileAreaSb, sbRows * sbCols));
    // Sizes one by one may make more tiles than there may be.
    boolean uniform = s.put(1, sbCols > 64 || sbRows > 64 ? 1 : s.random.nextInt(2)) == 1;
    if (uniform) {
      tileColsLog2 = increment(minLog2TileCols, maxLog2TileCols);
      int tileWidthSb = (sbCols + (1 << tileColsLog2) - 1) >> tileColsLog2;
      tileCols = 0;
      for (int startSb = 0; startSb < sbCols; startSb += tileWidthSb) {
        tileCols++;
      }
      tileRowsLog2 = increment(Math.max(minLog2Tiles - tileColsLog2, 0), maxLog2TileRows);
      int tileHeightSb = (sbRows + (1 << tileRowsLog2) - 1) >> tileRowsLog2;
      tileRows = 0;
      for (int startSb = 0; startSb < sbRows; startSb += tileHeightSb) {
        tileRows++;
      }
    } else {
      int widestTileSb = 0;
      tileCols = 0;
      for (int startSb = 0; startSb < sbCols; tileCols++) {
        int sizeSb = s.ns(Math.min(sbCols - startSb, maxTileWidthSb)) + 1;
        widestTileSb = Math.max(sizeSb, widestTileSb);
        startSb += sizeSb;
      }
      tileColsLog2 = tileLog2(1, tileCols);
      maxTileAreaSb = minLog2Tiles > 0 ? (sbRows * sbCols) >> (minLog2Tiles + 1) : sbRows * sbCols;
      int maxTileHeightSb = Math.max(maxTileAreaSb / widestTileSb, 1);
      tileRows = 0;
      for (int startSb = 0; startSb < sbRows; tileRows++) {
        startSb += s.ns(Math.min(sbRows - startSb, maxTileHeightSb)) + 1;
      }
      tileRowsLog2 = tileLog2(1, tileRows);
    }
    if (tileColsLog2 > 0 || tileRowsLog2 > 0) {
      s.f(tileColsLog2 + tileRowsLog2);
      tileSizeBytes = s.f(2) + 1;
    }
  }

  private int increment(int from, int to) {
    int value = from;
    while (value < to && s.rare(2)) {
      value++;
    }
    return value;
  }

  void quantizationParams() {
    baseQIdx = s.put(8, s.random.nextInt(3) == 0 ? 0 : s.random.nextInt(256));
    boolean anyDelta = readDeltaQ() != 0;
    if (!seq.monoChrome) {
      boolean diffUvDelta = seq.separateUvDeltaQ && s.flag();
      anyDelta |= readDeltaQ() != 0;
      anyDelta |= readDeltaQ() != 0;
      if (diffUvDelta) {
        anyDelta |= readDeltaQ() != 0;
        anyDelta |= readDeltaQ() != 0;
      }
    }
    deltas = anyDelta;
    if (s.flag()) {
      s.f(4);
      s.f(4);
      if (seq.separateUvDeltaQ) {
        s.f(4);
      }
    }
  }

  private int readDeltaQ() {
    return s.rare(6) ? s.su(7) : 0;
  }

  void segmentationParams(boolean primaryRefNone) {
    segmentationEnabled = s.rare(3);
    boolean updateData = segmentationEnabled;
    if (segmentationEnabled && !primaryRefNone) {
      if (s.flag()) {
        s.f(1);
      }
      updateData = s.flag();
    }
    if (updateData || !segmentationEnabled) {
      featureEnabled = new boolean[8][8];
      featureData = new int[8][8];
    }
    for (int i = 0; updateData && i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        featureEnabled[i][j] = s.rare(4);
        if (featureEnabled[i][j]) {
          int limit = SEGMENTATION_FEATURE_MAX[j];
          int value =
              j < 5 ? s.su(1 + SEGMENTATION_FEATURE_BITS[j]) : s.f(SEGMENTATION_FEATURE_BITS[j]);
          featureData[i][j] = Math.min(limit, Math.max(j < 5 ? -limit : 0, value));
        }
      }
    }
  }

  void deltaParams(boolean allowIntrabc) {
    if (baseQIdx > 0 && s.flag()) {
      s.f(2);
      if (!allowIntrabc && s.flag()) {
        s.f(2);
        s.f(1);
      }
    }
    codedLossless = true;
    for (int segmentId = 0; segmentId < 8; segmentId++) {
      int qindex = baseQIdx;
      if (segmentationEnabled && featureEnabled[segmentId][0]) {
        qindex = Math.min(255, Math.max(0, baseQIdx + featureData[segmentId][0]));
      }
      codedLossless &= qindex == 0 && !deltas;
    }
  }

  void filters(boolean upscaled, boolean allowIntrabc) {
    if (!codedLossless && !allowIntrabc) {
      int level0 = s.put(6, s.random.nextInt(2) * s.random.nextInt(64));
      int level1 = s.put(6, s.random.nextInt(2) * s.random.nextInt(64));
      if (!seq.monoChrome && (level0 != 0 || level1 != 0)) {
        s.f(6);
        s.f(6);
      }
      s.f(3);
      boolean loopFilterDeltaEnabled = s.flag();
      if (loopFilterDeltaEnabled && s.flag()) {
        for (int i = 0; i < 8 + 2; i++) {
          if (s.flag()) {
            s.su(7);
          }
        }
      }
    }
    if (!codedLossless && !allowIntrabc && seq.enableCdef) {
      s.f(2);
      int cdefBits = s.f(2);
      for (int i = 0; i < 1 << cdefBits; i++) {
        s.f(seq.monoChrome ? 6 : 12);
      }
    }
    boolean allLossless = codedLossless && !upscaled;
    if (!allLossless && !allowIntrabc && seq.enableRestoration) {
      loopRestoration();
    }
    if (!codedLossless) {
      s.f(1);
    }
  }

  private void loopRestoration() {
    boolean usesLr = false;
    boolean usesChromaLr = false;
    for (int i = 0; i < (seq.monoChrome ? 1 : 3); i++) {
      if (s.f(2) != 0) {
        usesLr = true;
        usesChromaLr |= i > 0;
      }
    }
    if (usesLr) {
      int shift = s.f(1);
      if (!seq.use128x128Superblock && shift == 1) {
        s.f(1);
      }
      if (seq.subsamplingX == 1 && seq.subsamplingY == 1 && usesChromaLr) {
        s.f(1);
      }
    }
  }
}
