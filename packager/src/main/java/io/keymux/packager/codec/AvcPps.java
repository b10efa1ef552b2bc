package io.keymux.packager.codec;

/**
 * What slice headers need of an H.264 picture parameter set. Nothing behind {@code
 * redundant_pic_cnt_present_flag} matters to them, so reading stops there.
 *
 * @param groupChangeRate SliceGroupChangeRate, or 0 where slice headers hold no
 *     slice_group_change_cycle
 * @param refIdxL0 default number of active references of list 0
 * @param refIdxL1 default number of active references of list 1
 * @see "ITU-T H.264, 7.3.2.2 Picture parameter set RBSP syntax"
 */
record AvcPps(
    int id,
    int spsId,
    boolean cabac,
    boolean bottomPocPresent,
    long groupChangeRate,
    int refIdxL0,
    int refIdxL1,
    boolean weightedPred,
    int weightedBipred,
    boolean deblockingControl,
    boolean redundantPicCnt) {

  static final int MAX_ID = 255;

  /** Reads it from behind the NAL unit header. */
  static AvcPps read(BitReader in) {
    int id = in.ue(MAX_ID, "pic_parameter_set_id");
    int spsId = in.ue(AvcSps.MAX_ID, "seq_parameter_set_id");
    boolean cabac = in.flag();
    boolean bottomPocPresent = in.flag();
    int lastGroup = in.ue(7, "num_slice_groups_minus1");
    long groupChangeRate = lastGroup > 0 ? readSliceGroups(in, lastGroup) : 0;
    int refIdxL0 = in.ue(31, "num_ref_idx_l0_default_active_minus1") + 1;
    int refIdxL1 = in.ue(31, "num_ref_idx_l1_default_active_minus1") + 1;
    boolean weightedPred = in.flag();
    int weightedBipred = in.bits(2);
    in.skipGolomb(3); // pic_init_qp, pic_init_qs, chroma_qp_index_offset
    boolean deblockingControl = in.flag();
    in.skip(1); // constrained_intra_pred_flag
    boolean redundantPicCnt = in.flag();
    return new AvcPps(
        id,
        spsId,
        cabac,
        bottomPocPresent,
        groupChangeRate,
        refIdxL0,
        refIdxL1,
        weightedPred,
        weightedBipred,
        deblockingControl,
        redundantPicCnt);
  }

  private static long readSliceGroups(BitReader in, int lastGroup) {
    int mapType = in.ue(6, "slice_group_map_type");
    switch (mapType) {
      case 0 -> in.skipGolomb(lastGroup + 1); // run_length_minus1
      case 2 -> in.skipGolomb(lastGroup * 2); // top_left, bottom_right
      case 3, 4, 5 -> {
        in.skip(1); // slice_group_change_direction_flag
        return in.ue() + 1;
      }
      case 6 -> {
        int idBits = 32 - Integer.numberOfLeadingZeros(lastGroup);
        in.skip((in.ue() + 1) * idBits);
      }
      default -> {} // 1, dispersed, has no parameters
    }
    return 0;
  }
}
