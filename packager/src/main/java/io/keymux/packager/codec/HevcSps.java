package io.keymux.packager.codec;

/**
 * What slice headers and manifests need of an HEVC sequence parameter set.
 *
 * @param addressBits of slice_segment_address: Ceil(Log2(PicSizeInCtbsY))
 * @param refPicSets short-term reference picture sets, never changed after reading
 * @param longTermUsed used_by_curr_pic_lt_sps_flag of each long-term candidate, bit i for the i-th
 * @param integerMvFlag slice headers hold use_integer_mv_flag
 * @param width in pixels after cropping
 * @param height in pixels after cropping
 * @see "ITU-T H.265, 7.3.2.2 Sequence parameter set RBSP syntax"
 */
@SuppressWarnings("ArrayRecordComponent") // read in place for each slice, never compared
record HevcSps(
    int id,
    int chromaArrayType,
    boolean separateColourPlanes,
    int addressBits,
    int pocLsbBits,
    HevcRefPicSet[] refPicSets,
    boolean longTermPresent,
    int longTermCount,
    long longTermUsed,
    boolean temporalMvp,
    boolean sampleAdaptiveOffset,
    boolean integerMvFlag,
    int width,
    int height,
    Colour colour) {

  static final int MAX_ID = 15;
  static final int MAX_LONG_TERM = 32;

  /** The largest width and height that is read: twice what level 6.2 allows. */
  private static final int MAX_SIDE = 1 << 15;

  /** Reads it from behind the NAL unit header, which must be that of the base layer. */
  static HevcSps read(BitReader in) {
    in.skip(4); // sps_video_parameter_set_id
    int lastSubLayer = in.bits(3);
    in.skip(1); // sps_temporal_id_nesting_flag
    skipProfileTierLevel(in, lastSubLayer);
    int id = in.ue(MAX_ID, "sps_seq_parameter_set_id");
    int chromaFormat = in.ue(3, "chroma_format_idc");
    boolean separatePlanes = chromaFormat == 3 && in.flag();
    int codedWidth = in.ue(MAX_SIDE, "pic_width_in_luma_samples");
    int codedHeight = in.ue(MAX_SIDE, "pic_height_in_luma_samples");
    int width = codedWidth;
    int height = codedHeight;
    if (in.flag()) {
      // Units of the chroma format, even where planes are separate.
      int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
      int unitY = chromaFormat == 1 ? 2 : 1;
      width -= unitX * (in.ue(MAX_SIDE, "conf_win_left") + in.ue(MAX_SIDE, "conf_win_right"));
      height -= unitY * (in.ue(MAX_SIDE, "conf_win_top") + in.ue(MAX_SIDE, "conf_win_bottom"));
    }
    if (width <= 0 || height <= 0) {
      throw in.malformed("cropping leaves " + width + " x " + height + " pixels");
    }
    int lumaBits = in.ue(8, "bit_depth_luma_minus8") + 8;
    int chromaBits = in.ue(8, "bit_depth_chroma_minus8") + 8;
    int pocLsbBits = in.ue(12, "log2_max_pic_order_cnt_lsb_minus4") + 4;
    in.skipGolomb(in.flag() ? 3 * (lastSubLayer + 1) : 3); // sub-layer ordering info
    int ctbLog2 = in.ue(3, "log2_min_luma_coding_block_size_minus3") + 3;
    ctbLog2 += in.ue(6 - ctbLog2, "log2_diff_max_min_luma_coding_block_size");
    in.skipGolomb(4); // transform block sizes and hierarchy depths
    HevcScalingLists.skipIfCoded(in);
    in.skip(1); // amp_enabled_flag
    boolean sao = in.flag();
    if (in.flag()) {
      in.skip(4 + 4); // pcm bit depths
      in.skipGolomb(2); // pcm block sizes
      in.skip(1); // pcm_loop_filter_disabled_flag
    }
    HevcRefPicSet[] refPicSets = readRefPicSets(in);
    boolean longTerm = in.flag();
    int longTermCount = longTerm ? in.ue(MAX_LONG_TERM, "num_long_term_ref_pics_sps") : 0;
    long longTermUsed = 0;
    for (int i = 0; i < longTermCount; i++) {
      in.skip(pocLsbBits);
      longTermUsed |= (long) in.bits(1) << i;
    }
    boolean temporalMvp = in.flag();
    in.skip(1); // strong_intra_smoothing_enabled_flag
    Colour colour = in.flag() ? HevcVui.read(in, lastSubLayer) : Colour.UNSPECIFIED;
    boolean integerMvFlag =
        in.flag() && HevcSpsExtensions.readIntegerMvFlag(in, chromaFormat, lumaBits, chromaBits);
    return new HevcSps(
        id,
        separatePlanes ? 0 : chromaFormat,
        separatePlanes,
        HevcPps.ceilLog2(ctbs(codedWidth, ctbLog2) * ctbs(codedHeight, ctbLog2)),
        pocLsbBits,
        refPicSets,
        longTerm,
        longTermCount,
        longTermUsed,
        temporalMvp,
        sao,
        integerMvFlag,
        width,
        height,
        colour);
  }

  private static int ctbs(int pixels, int ctbLog2) {
    return (pixels + (1 << ctbLog2) - 1) >> ctbLog2;
  }

  private static HevcRefPicSet[] readRefPicSets(BitReader in) {
    int count = in.ue(HevcRefPicSet.MAX_SETS, "num_short_term_ref_pic_sets");
    HevcRefPicSet[] sets = new HevcRefPicSet[count];
    for (int i = 0; i < count; i++) {
      sets[i] = new HevcRefPicSet();
      sets[i].read(in, i, sets, count);
    }
    return sets;
  }

  /**
   * @see "ITU-T H.265, 7.3.3 Profile, tier and level syntax"
   */
  private static void skipProfileTierLevel(BitReader in, int lastSubLayer) {
    in.skip(88 + 8); // general profile, general_level_idc
    int presence = in.bits(2 * lastSubLayer);
    if (lastSubLayer > 0) {
      in.skip(2L * (8 - lastSubLayer)); // reserved_zero_2bits
    }
    for (int i = lastSubLayer - 1; i >= 0; i--) {
      int flags = (presence >>> (2 * i)) & 3;
      in.skip(((flags & 2) != 0 ? 88 : 0) + ((flags & 1) != 0 ? 8 : 0));
    }
  }
}
