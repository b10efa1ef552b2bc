package io.keymux.packager.codec;

/**
 * What slice headers need of an HEVC picture parameter set.
 *
 * @param refIdxL0 default number of active references of list 0
 * @param refIdxL1 default number of active references of list 1
 * @param entryPoints slice headers hold entry points: tiles or wavefronts
 * @param extension what its extensions add
 * @see "ITU-T H.265, 7.3.2.3 Picture parameter set RBSP syntax"
 */
record HevcPps(
    int id,
    int spsId,
    boolean dependentSlices,
    boolean outputFlag,
    int extraHeaderBits,
    boolean cabacInit,
    int refIdxL0,
    int refIdxL1,
    boolean sliceChromaQp,
    boolean weightedPred,
    boolean weightedBipred,
    boolean entryPoints,
    boolean loopFilterAcrossSlices,
    boolean deblockingOverride,
    boolean deblockingDisabled,
    boolean listsModification,
    boolean headerExtension,
    HevcPpsExtensions extension) {

  static final int MAX_ID = 63;

  /** Reads it from behind the NAL unit header, which must be that of the base layer. */
  static HevcPps read(BitReader in) {
    int id = in.ue(MAX_ID, "pps_pic_parameter_set_id");
    int spsId = in.ue(HevcSps.MAX_ID, "pps_seq_parameter_set_id");
    boolean dependentSlices = in.flag();
    boolean outputFlag = in.flag();
    int extraHeaderBits = in.bits(3);
    in.skip(1); // sign_data_hiding_enabled_flag
    boolean cabacInit = in.flag();
    int refIdxL0 = in.ue(14, "num_ref_idx_l0_default_active_minus1") + 1;
    int refIdxL1 = in.ue(14, "num_ref_idx_l1_default_active_minus1") + 1;
    in.se(); // init_qp_minus26
    in.skip(1); // constrained_intra_pred_flag
    boolean transformSkip = in.flag();
    if (in.flag()) {
      in.ue(); // diff_cu_qp_delta_depth
    }
    in.skipGolomb(2); // pps_cb_qp_offset, pps_cr_qp_offset
    boolean sliceChromaQp = in.flag();
    boolean weightedPred = in.flag();
    boolean weightedBipred = in.flag();
    in.skip(1); // transquant_bypass_enabled_flag
    boolean tiles = in.flag();
    boolean wavefronts = in.flag();
    if (tiles) {
      skipTiles(in);
    }
    boolean loopFilterAcrossSlices = in.flag();
    boolean deblockingOverride = false;
    boolean deblockingDisabled = false;
    if (in.flag()) {
      deblockingOverride = in.flag();
      deblockingDisabled = in.flag();
      in.skipGolomb(deblockingDisabled ? 0 : 2); // pps_beta_offset_div2, pps_tc_offset_div2
    }
    if (in.flag()) {
      HevcScalingLists.skip(in);
    }
    boolean listsModification = in.flag();
    in.ue(); // log2_parallel_merge_level_minus2
    boolean headerExtension = in.flag();
    HevcPpsExtensions extension =
        in.flag() ? HevcPpsExtensions.read(in, transformSkip) : HevcPpsExtensions.NONE;
    return new HevcPps(
        id,
        spsId,
        dependentSlices,
        outputFlag,
        extraHeaderBits,
        cabacInit,
        refIdxL0,
        refIdxL1,
        sliceChromaQp,
        weightedPred,
        weightedBipred,
        tiles || wavefronts,
        loopFilterAcrossSlices,
        deblockingOverride,
        deblockingDisabled,
        listsModification,
        headerExtension,
        extension);
  }

  /** Ceil(Log2(value)), for a value of at least 1. */
  static int ceilLog2(int value) {
    return 32 - Integer.numberOfLeadingZeros(value - 1);
  }

  private static void skipTiles(BitReader in) {
    // Level 6.2 allows 20 columns and 22 rows; a picture of 1 << 15 pixels has 2048 blocks.
    int lastColumn = in.ue(2047, "num_tile_columns_minus1");
    int lastRow = in.ue(2047, "num_tile_rows_minus1");
    if (!in.flag()) {
      in.skipGolomb(lastColumn + lastRow); // column widths, row heights
    }
    in.skip(1); // loop_filter_across_tiles_enabled_flag
  }
}
