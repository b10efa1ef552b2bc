package io.keymux.packager.codec;

/**
 * The part of an HEVC slice segment header that deals with reference pictures.
 *
 * @see "ITU-T H.265, 7.3.6.1 General slice segment header, 7.3.6.2 Reference picture list
 *     modification, 7.3.6.3 Weighted prediction parameters syntax"
 */
final class HevcReferences {
  private final HevcRefPicSet ownSet = new HevcRefPicSet();
  // NumPicTotalCurr
  private int pictures;

  /** An IDR picture has no reference but, in screen content, itself. */
  void reset(HevcPps pps) {
    pictures = pps.extension().currentPictureReference() ? 1 : 0;
  }

  /** From {@code slice_pic_order_cnt_lsb} to the last long-term picture. */
  void readPictures(BitReader in, HevcSps sps) {
    in.skip(sps.pocLsbBits());
    HevcRefPicSet[] sets = sps.refPicSets();
    HevcRefPicSet set = ownSet;
    if (!in.flag()) {
      set.read(in, sets.length, sets, sets.length);
    } else if (sets.length == 0) {
      throw in.malformed("short_term_ref_pic_set_sps_flag is set, but there is no such set");
    } else {
      int index = in.bits(HevcPps.ceilLog2(sets.length));
      if (index >= sets.length) {
        throw in.malformed("short_term_ref_pic_set_idx " + index + " of " + sets.length + " sets");
      }
      set = sets[index];
    }
    pictures += set.usedCount();
    if (sps.longTermPresent()) {
      readLongTerm(in, sps);
    }
  }

  private void readLongTerm(BitReader in, HevcSps sps) {
    int candidates = sps.longTermCount();
    int fromSps = candidates > 0 ? in.ue(HevcSps.MAX_LONG_TERM, "num_long_term_sps") : 0;
    int total = fromSps + in.ue(HevcSps.MAX_LONG_TERM, "num_long_term_pics");
    for (int i = 0; i < total; i++) {
      boolean used;
      if (i < fromSps) {
        int index = in.bits(HevcPps.ceilLog2(candidates));
        used = ((sps.longTermUsed() >>> index) & 1) != 0;
      } else {
        in.skip(sps.pocLsbBits());
        used = in.flag();
      }
      pictures += used ? 1 : 0;
      if (in.flag()) {
        in.ue(); // delta_poc_msb_cycle_lt
      }
    }
  }

  /** From {@code num_ref_idx_active_override_flag} to {@code use_integer_mv_flag}. */
  void skipPrediction(
      BitReader in, HevcSps sps, HevcPps pps, boolean bidirectional, boolean temporalMvp) {
    int activeL0 = pps.refIdxL0();
    int activeL1 = pps.refIdxL1();
    if (in.flag()) {
      activeL0 = in.ue(14, "num_ref_idx_l0_active_minus1") + 1;
      if (bidirectional) {
        activeL1 = in.ue(14, "num_ref_idx_l1_active_minus1") + 1;
      }
    }
    if (pps.listsModification() && pictures > 1) {
      skipListModification(in, activeL0);
      if (bidirectional) {
        skipListModification(in, activeL1);
      }
    }
    if (bidirectional) {
      in.skip(1); // mvd_l1_zero_flag
    }
    if (pps.cabacInit()) {
      in.skip(1); // cabac_init_flag
    }
    if (temporalMvp) {
      boolean fromL0 = !bidirectional || in.flag();
      if ((fromL0 ? activeL0 : activeL1) > 1) {
        in.ue(14, "collocated_ref_idx");
      }
    }
    if (bidirectional ? pps.weightedBipred() : pps.weightedPred()) {
      if (pps.extension().currentPictureReference()) {
        // Which entries have weights then depends on the order counts of the reference lists.
        throw in.unsupported("weighted prediction in a picture that may refer to itself");
      }
      skipWeights(in, sps.chromaArrayType() != 0, activeL0, bidirectional ? activeL1 : 0);
    }
    in.ue(4, "five_minus_max_num_merge_cand");
    if (sps.integerMvFlag()) {
      in.skip(1); // use_integer_mv_flag
    }
  }

  private void skipListModification(BitReader in, int active) {
    if (in.flag()) {
      in.skip((long) active * HevcPps.ceilLog2(pictures)); // list_entry
    }
  }

  private static void skipWeights(BitReader in, boolean chroma, int activeL0, int activeL1) {
    in.ue(7, "luma_log2_weight_denom");
    if (chroma) {
      in.se(); // delta_chroma_log2_weight_denom
    }
    skipListWeights(in, chroma, activeL0);
    if (activeL1 > 0) {
      skipListWeights(in, chroma, activeL1);
    }
  }

  /** All luma flags come first, then all chroma flags, then the weights: unlike in H.264. */
  private static void skipListWeights(BitReader in, boolean chroma, int active) {
    int lumaFlags = in.bits(active);
    int chromaFlags = chroma ? in.bits(active) : 0;
    // Luma: weight and offset. Chroma: weight and offset of Cb and Cr.
    in.skipGolomb(2 * Integer.bitCount(lumaFlags) + 4 * Integer.bitCount(chromaFlags));
  }
}
