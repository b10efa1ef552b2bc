package io.keymux.packager.codec;

/**
 * What a sequence header says that frame headers depend on. Immutable.
 *
 * @see "AV1 specification, 5.5.1 General sequence header OBU syntax"
 */
final class Av1SequenceHeader {
  /** Value of {@link #screenContentTools} and {@link #integerMv} that leaves it to each frame. */
  static final int SELECT = 2;

  final int profile;
  final boolean reducedStillPicture;
  final Av1OperatingPoints points;
  final int widthBits;
  final int heightBits;
  final int maxWidth;
  final int maxHeight;

  /** Bits of a frame id; 0 if frames have none. */
  final int frameIdBits;

  final int deltaFrameIdBits;
  final boolean superblock128;
  final boolean warpedMotion;

  /** Bits of an order hint; 0 if frames have none. */
  final int orderHintBits;

  final boolean refFrameMvs;
  final int screenContentTools;
  final int integerMv;
  final boolean superres;
  final boolean cdef;
  final boolean restoration;
  final Av1Color color;
  final boolean filmGrain;

  Av1SequenceHeader(Av1BitReader in) {
    profile = in.bits(3);
    if (profile > 2) {
      throw in.malformed("seq_profile is " + profile + " where 2 is the most");
    }
    in.skip(1); // still_picture
    reducedStillPicture = in.flag();
    points = reducedStillPicture ? Av1OperatingPoints.readStill(in) : Av1OperatingPoints.read(in);
    widthBits = in.bits(4) + 1;
    heightBits = in.bits(4) + 1;
    maxWidth = in.bits(widthBits) + 1;
    maxHeight = in.bits(heightBits) + 1;
    if (!reducedStillPicture && in.flag()) {
      deltaFrameIdBits = in.bits(4) + 2;
      frameIdBits = deltaFrameIdBits + in.bits(3) + 1;
    } else {
      deltaFrameIdBits = 0;
      frameIdBits = 0;
    }
    superblock128 = in.flag();
    in.skip(2); // enable_filter_intra, enable_intra_edge_filter
    if (reducedStillPicture) {
      warpedMotion = false;
      orderHintBits = 0;
      refFrameMvs = false;
      screenContentTools = SELECT;
      integerMv = SELECT;
    } else {
      in.skip(2); // enable_interintra_compound, enable_masked_compound
      warpedMotion = in.flag();
      in.skip(1); // enable_dual_filter
      boolean orderHint = in.flag();
      in.skip(orderHint ? 1 : 0); // enable_jnt_comp
      refFrameMvs = orderHint && in.flag();
      screenContentTools = in.flag() ? SELECT : in.bits(1);
      integerMv = screenContentTools == 0 || in.flag() ? SELECT : in.bits(1);
      orderHintBits = orderHint ? in.bits(3) + 1 : 0;
    }
    superres = in.flag();
    cdef = in.flag();
    restoration = in.flag();
    color = Av1Color.read(in, profile);
    filmGrain = in.flag();
  }

  /**
   * How far {@code a} is behind {@code b} in output order, negative if before; get_relative_dist.
   */
  int distance(int a, int b) {
    if (orderHintBits == 0) {
      return 0;
    }
    int shift = 32 - orderHintBits;
    return ((a - b) << shift) >> shift;
  }
}
