package io.keymux.packager.codec;

/**
 * Sample format and colour of a sequence header.
 *
 * @param described whether primaries, transfer and matrix are written there; else they are 2
 * @param subsamplingX 1 if chroma has half the columns
 * @param subsamplingY 1 if chroma has half the rows
 * @param chromaPosition chroma_sample_position, 0 unless 4:2:0
 * @param separateChromaDeltas whether the planes U and V may have quantizers of their own
 * @see "AV1 specification, 5.5.2 Color config syntax"
 */
record Av1Color(
    int bitDepth,
    boolean monochrome,
    boolean described,
    int primaries,
    int transfer,
    int matrix,
    boolean fullRange,
    int subsamplingX,
    int subsamplingY,
    int chromaPosition,
    boolean separateChromaDeltas) {
  private static final int UNSPECIFIED = 2;
  private static final int BT709 = 1;
  private static final int SRGB = 13;
  private static final int IDENTITY = 0;

  static Av1Color read(Av1BitReader in, int profile) {
    boolean high = in.flag();
    int depth = high ? 10 : 8;
    if (profile == 2 && high && in.flag()) {
      depth = 12;
    }
    boolean mono = profile != 1 && in.flag();
    boolean described = in.flag();
    int primaries = described ? in.bits(8) : UNSPECIFIED;
    int transfer = described ? in.bits(8) : UNSPECIFIED;
    int matrix = described ? in.bits(8) : UNSPECIFIED;
    boolean full = true;
    int x = 1;
    int y = 1;
    int position = 0;
    if (!mono && primaries == BT709 && transfer == SRGB && matrix == IDENTITY) {
      x = 0;
      y = 0;
    } else {
      full = in.flag();
      if (!mono && profile != 0) {
        boolean choice = profile == 2 && depth == 12;
        x = choice ? in.bits(1) : profile - 1;
        y = choice && x == 1 ? in.bits(1) : 0;
      }
      position = !mono && x == 1 && y == 1 ? in.bits(2) : 0;
    }
    boolean separate = !mono && in.flag();
    return new Av1Color(
        depth, mono, described, primaries, transfer, matrix, full, x, y, position, separate);
  }

  int planes() {
    return monochrome ? 1 : 3;
  }

  boolean is420() {
    return subsamplingX == 1 && subsamplingY == 1;
  }
}
