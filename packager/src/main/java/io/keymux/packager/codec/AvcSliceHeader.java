package io.keymux.packager.codec;

/**
 * Skips an H.264 slice header from behind {@code pic_parameter_set_id} to its end.
 *
 * @see "ITU-T H.264, 7.3.3 Slice header syntax"
 */
final class AvcSliceHeader {
  private static final int P = 0;
  private static final int B = 1;
  private static final int SP = 3;
  private static final int SI = 4;

  /** More marking operations than this make no sense: every frame and field once, and a few. */
  private static final int MAX_MARKINGS = 66;

  private int refIdxL0;
  private int refIdxL1;

  /**
   * @param type slice_type modulo 5
   */
  void skip(BitReader in, AvcSps sps, AvcPps pps, int type, int refIdc, boolean idr) {
    skipPictureIdentity(in, sps, pps, idr);
    if (pps.redundantPicCnt()) {
      in.ue(); // redundant_pic_cnt
    }
    boolean inter = type == P || type == SP || type == B;
    if (type == B) {
      in.skip(1); // direct_spatial_mv_pred_flag
    }
    if (inter) {
      readReferenceCounts(in, pps, type);
      skipListModification(in, refIdxL0);
      if (type == B) {
        skipListModification(in, refIdxL1);
      }
      if (type == B ? pps.weightedBipred() == 1 : pps.weightedPred()) {
        skipWeights(in, sps, type);
      }
    }
    if (refIdc != 0) {
      skipMarking(in, idr);
    }
    if (pps.cabac() && inter) {
      in.ue(2, "cabac_init_idc");
    }
    in.se(); // slice_qp_delta
    if (type == SP) {
      in.skip(1); // sp_for_switch_flag
    }
    if (type == SP || type == SI) {
      in.se(); // slice_qs_delta
    }
    if (pps.deblockingControl() && in.ue(2, "disable_deblocking_filter_idc") != 1) {
      in.skipGolomb(2); // slice_alpha_c0_offset_div2, slice_beta_offset_div2
    }
    if (pps.groupChangeRate() > 0) {
      in.skip(groupChangeCycleBits(sps.mapUnits(), pps.groupChangeRate()));
    }
  }

  private static void skipPictureIdentity(BitReader in, AvcSps sps, AvcPps pps, boolean idr) {
    if (sps.separateColourPlanes()) {
      in.skip(2); // colour_plane_id
    }
    in.skip(sps.frameNumBits());
    boolean field = false;
    if (!sps.frameMbsOnly()) {
      field = in.flag();
      if (field) {
        in.skip(1); // bottom_field_flag
      }
    }
    if (idr) {
      in.ue(0xffff, "idr_pic_id");
    }
    boolean bottomPoc = pps.bottomPocPresent() && !field;
    if (sps.pocType() == 0) {
      in.skip(sps.pocLsbBits());
      in.skipGolomb(bottomPoc ? 1 : 0); // delta_pic_order_cnt_bottom
    } else if (sps.pocType() == 1 && !sps.deltaPocAlwaysZero()) {
      in.skipGolomb(bottomPoc ? 2 : 1); // delta_pic_order_cnt
    }
  }

  private void readReferenceCounts(BitReader in, AvcPps pps, int type) {
    refIdxL0 = pps.refIdxL0();
    refIdxL1 = pps.refIdxL1();
    if (in.flag()) {
      refIdxL0 = in.ue(31, "num_ref_idx_l0_active_minus1") + 1;
      if (type == B) {
        refIdxL1 = in.ue(31, "num_ref_idx_l1_active_minus1") + 1;
      }
    }
  }

  private static void skipListModification(BitReader in, int active) {
    if (!in.flag()) {
      return;
    }
    for (int i = 0; in.ue(3, "modification_of_pic_nums_idc") != 3; i++) {
      if (i == active) {
        throw in.malformed("more list modifications than the " + active + " references");
      }
      in.ue(); // abs_diff_pic_num_minus1 or long_term_pic_num
    }
  }

  private void skipWeights(BitReader in, AvcSps sps, int type) {
    boolean chroma = sps.chromaArrayType() != 0;
    in.ue(7, "luma_log2_weight_denom");
    if (chroma) {
      in.ue(7, "chroma_log2_weight_denom");
    }
    skipListWeights(in, refIdxL0, chroma);
    if (type == B) {
      skipListWeights(in, refIdxL1, chroma);
    }
  }

  private static void skipListWeights(BitReader in, int active, boolean chroma) {
    for (int i = 0; i < active; i++) {
      if (in.flag()) {
        in.skipGolomb(2); // luma_weight, luma_offset
      }
      if (chroma && in.flag()) {
        in.skipGolomb(4); // chroma_weight, chroma_offset of Cb and Cr
      }
    }
  }

  private static void skipMarking(BitReader in, boolean idr) {
    if (idr) {
      in.skip(2); // no_output_of_prior_pics_flag, long_term_reference_flag
      return;
    }
    if (!in.flag()) {
      return;
    }
    int operation = in.ue(6, "memory_management_control_operation");
    for (int i = 0; operation != 0; i++) {
      if (i == MAX_MARKINGS) {
        throw in.malformed("more than " + MAX_MARKINGS + " reference picture markings");
      }
      // 3 has two parameters, 5 none, each of the others one.
      in.skipGolomb(operation == 3 ? 2 : operation == 5 ? 0 : 1);
      operation = in.ue(6, "memory_management_control_operation");
    }
  }

  /** Ceil(Log2(PicSizeInMapUnits / SliceGroupChangeRate + 1)), with an exact division. */
  private static int groupChangeCycleBits(int mapUnits, long changeRate) {
    long cycles = (mapUnits + changeRate - 1) / changeRate;
    return 64 - Long.numberOfLeadingZeros(cycles);
  }
}
