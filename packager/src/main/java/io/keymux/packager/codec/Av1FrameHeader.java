package io.keymux.packager.codec;

/**
 * Reads frame headers one after the other and keeps what later ones need. Reused for every frame.
 *
 * @see "AV1 specification, 5.9.2 Uncompressed header syntax"
 */
final class Av1FrameHeader {
  static final int KEY = 0;
  static final int INTER = 1;
  static final int INTRA_ONLY = 2;
  static final int SWITCH = 3;
  private static final int NO_PRIMARY = 7;

  private final Av1References frames = new Av1References();
  private final Av1FrameReferences references = new Av1FrameReferences();
  private final Av1FrameSize size = new Av1FrameSize();
  private final Av1TileInfo tiles = new Av1TileInfo();
  private final Av1Segmentation segmentation = new Av1Segmentation();
  private final Av1Quantization quantization = new Av1Quantization();
  private final Av1GlobalMotion motion = new Av1GlobalMotion();
  private int type;
  private boolean shown;
  private boolean showable;
  private boolean errorResilient;
  private boolean integerMv;
  private boolean highPrecisionMv;
  private boolean intraBlockCopy;
  private int orderHint;
  private int primary;
  private int refreshFlags;

  /**
   * Reads a header.
   *
   * @param temporalId of the OBU, 0 without extension
   * @param spatialId of the OBU, 0 without extension
   * @return whether tiles follow; not if the header only shows a frame that was kept
   */
  boolean read(Av1BitReader in, Av1SequenceHeader sequence, int temporalId, int spatialId) {
    if (!sequence.reducedStillPicture && in.flag()) {
      showAgain(in, sequence);
      return false;
    }
    readType(in, sequence);
    boolean cdfUpdate = !in.flag();
    boolean screenContent =
        sequence.screenContentTools == Av1SequenceHeader.SELECT
            ? in.flag()
            : sequence.screenContentTools == 1;
    integerMv = screenContent && readIntegerMv(in, sequence);
    in.skip(sequence.frameIdBits);
    boolean override =
        type == SWITCH || (!sequence.reducedStillPicture && in.flag()); // frame_size_override_flag
    orderHint = in.bits(sequence.orderHintBits);
    primary = isIntra() || errorResilient ? NO_PRIMARY : in.bits(3);
    sequence.points.skipRemovalTimes(in, temporalId, spatialId);
    readRefresh(in, sequence);
    intraBlockCopy = false;
    if (isIntra()) {
      size.read(in, sequence, override);
      intraBlockCopy = screenContent && !size.isUpscaled() && in.flag();
    } else {
      readInter(in, sequence, override);
    }
    in.skip(cdfUpdate && !sequence.reducedStillPicture ? 1 : 0); // disable_frame_end_update_cdf
    loadPrimary();
    readCoding(in, sequence);
    return true;
  }

  private void showAgain(Av1BitReader in, Av1SequenceHeader sequence) {
    int slot = in.bits(3);
    sequence.points.skipPresentationTime(in);
    in.skip(sequence.frameIdBits); // display_frame_id
    if (!frames.isFilled(slot)) {
      throw in.malformed("it shows slot " + slot + ", and no frame was kept there");
    }
    if (frames.type(slot) == KEY) {
      frames.spread(slot);
    }
  }

  private void readType(Av1BitReader in, Av1SequenceHeader sequence) {
    type = KEY;
    shown = true;
    showable = false;
    errorResilient = true;
    if (sequence.reducedStillPicture) {
      return;
    }
    type = in.bits(2);
    shown = in.flag();
    if (shown) {
      sequence.points.skipPresentationTime(in);
    }
    showable = shown ? type != KEY : in.flag();
    errorResilient = type == SWITCH || (type == KEY && shown) || in.flag();
  }

  private static boolean readIntegerMv(Av1BitReader in, Av1SequenceHeader sequence) {
    return sequence.integerMv == Av1SequenceHeader.SELECT ? in.flag() : sequence.integerMv == 1;
  }

  private void readRefresh(Av1BitReader in, Av1SequenceHeader sequence) {
    refreshFlags =
        type == SWITCH || (type == KEY && shown) ? Av1References.ALL : in.bits(Av1References.SLOTS);
    if ((!isIntra() || refreshFlags != Av1References.ALL)
        && errorResilient
        && sequence.orderHintBits > 0) {
      for (int i = 0; i < Av1References.SLOTS; i++) {
        frames.expect(i, in.bits(sequence.orderHintBits), sequence);
      }
    }
  }

  private void readInter(Av1BitReader in, Av1SequenceHeader sequence, boolean override) {
    references.read(in, sequence, frames, orderHint);
    if (override && !errorResilient) {
      size.readWithReferences(in, sequence, frames, references.slots());
    } else {
      size.read(in, sequence, override);
    }
    highPrecisionMv = !integerMv && in.flag();
    in.skip(in.flag() ? 0 : 2); // is_filter_switchable, interpolation_filter
    in.skip(1); // is_motion_mode_switchable
    in.skip(errorResilient || !sequence.refFrameMvs ? 0 : 1); // use_ref_frame_mvs
  }

  /** What is not coded anew is as in the primary reference. */
  private void loadPrimary() {
    if (primary == NO_PRIMARY) {
      segmentation.reset();
      motion.reset();
    } else {
      int slot = references.slots()[primary];
      segmentation.load(frames.quantizers(slot));
      motion.load(frames.motion(slot));
    }
  }

  /** Reads from tile_info to the end. */
  private void readCoding(Av1BitReader in, Av1SequenceHeader sequence) {
    tiles.read(in, sequence, size);
    quantization.read(in, sequence.color);
    segmentation.read(in, primary == NO_PRIMARY);
    quantization.skipBlockDeltas(in, intraBlockCopy);
    boolean lossless = quantization.isLossless(segmentation);
    Av1Filters.skip(in, sequence, lossless, size.isUpscaled(), intraBlockCopy);
    in.skip(lossless ? 0 : 1); // tx_mode_select
    boolean compound = !isIntra() && in.flag(); // reference_select
    if (compound
        && sequence.orderHintBits > 0
        && references.allowSkipMode(sequence, frames, orderHint)) {
      in.skip(1); // skip_mode_present
    }
    in.skip(isIntra() || errorResilient || !sequence.warpedMotion ? 0 : 1); // allow_warped_motion
    in.skip(1); // reduced_tx_set
    motion.read(in, isIntra(), highPrecisionMv);
    if (sequence.filmGrain && (shown || showable)) {
      Av1FilmGrain.skip(in, sequence.color, type == INTER);
    }
  }

  /** Keeps the frame where it says: to be called behind its last tile. */
  void keep() {
    frames.update(this);
  }

  private boolean isIntra() {
    return type == KEY || type == INTRA_ONLY;
  }

  int type() {
    return type;
  }

  int refreshFlags() {
    return refreshFlags;
  }

  int orderHint() {
    return orderHint;
  }

  Av1FrameSize size() {
    return size;
  }

  Av1TileInfo tiles() {
    return tiles;
  }

  Av1Segmentation segmentation() {
    return segmentation;
  }

  Av1GlobalMotion motion() {
    return motion;
  }
}
