package io.keymux.packager.codec;

/**
 * Skips an HEVC slice segment header from behind {@code slice_pic_parameter_set_id} to the end of
 * its byte alignment.
 *
 * @see "ITU-T H.265, 7.3.6.1 General slice segment header syntax"
 */
final class HevcSliceHeader {
  private static final int B = 0;
  private static final int P = 1;
  private static final int IDR_W_RADL = 19;
  private static final int IDR_N_LP = 20;

  private final HevcReferences references = new HevcReferences();

  /**
   * @param nalType of a slice segment
   * @param first first_slice_segment_in_pic_flag
   */
  void skip(BitReader in, HevcSps sps, HevcPps pps, int nalType, boolean first) {
    boolean dependent = false;
    if (!first) {
      dependent = pps.dependentSlices() && in.flag();
      in.skip(sps.addressBits()); // slice_segment_address
    }
    if (!dependent) {
      skipIndependent(in, sps, pps, nalType);
    }
    if (pps.entryPoints()) {
      long count = in.ue();
      if (count > 0) {
        in.skip(count * (in.ue(31, "offset_len_minus1") + 1)); // entry_point_offset_minus1
      }
    }
    if (pps.headerExtension()) {
      in.skip(8L * in.ue(256, "slice_segment_header_extension_length"));
    }
    if (!in.flag()) {
      throw in.malformed("alignment_bit_equal_to_one is 0");
    }
    in.skipToByte();
  }

  private void skipIndependent(BitReader in, HevcSps sps, HevcPps pps, int nalType) {
    in.skip(pps.extraHeaderBits());
    int type = in.ue(2, "slice_type");
    if (pps.outputFlag()) {
      in.skip(1); // pic_output_flag
    }
    if (sps.separateColourPlanes()) {
      in.skip(2); // colour_plane_id
    }
    boolean idr = nalType == IDR_W_RADL || nalType == IDR_N_LP;
    references.reset(pps);
    if (!idr) {
      references.readPictures(in, sps);
    }
    boolean temporalMvp = !idr && sps.temporalMvp() && in.flag();
    boolean sao = false;
    if (sps.sampleAdaptiveOffset()) {
      boolean luma = in.flag();
      boolean chroma = sps.chromaArrayType() != 0 && in.flag();
      sao = luma || chroma;
    }
    if (type == P || type == B) {
      references.skipPrediction(in, sps, pps, type == B, temporalMvp);
    }
    in.se(); // slice_qp_delta
    in.skipGolomb(pps.sliceChromaQp() ? 2 : 0);
    in.skipGolomb(pps.extension().sliceActQp() ? 3 : 0);
    if (pps.extension().chromaQpLists()) {
      in.skip(1); // cu_chroma_qp_offset_enabled_flag
    }
    boolean deblockingDisabled = pps.deblockingDisabled();
    if (pps.deblockingOverride() && in.flag()) {
      deblockingDisabled = in.flag();
      in.skipGolomb(deblockingDisabled ? 0 : 2); // slice_beta_offset_div2, slice_tc_offset_div2
    }
    if (pps.loopFilterAcrossSlices() && (sao || !deblockingDisabled)) {
      in.skip(1); // slice_loop_filter_across_slices_enabled_flag
    }
  }
}
