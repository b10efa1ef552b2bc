package io.keymux.packager.codec;

/**
 * Skips video usability information, for the extensions of the sequence parameter set come after
 * it.
 *
 * @see "ITU-T H.265, E.2.1 VUI parameters syntax, E.2.2 HRD parameters syntax"
 */
final class HevcVui {
  private HevcVui() {}

  /**
   * @param lastSubLayer sps_max_sub_layers_minus1
   * @return the only part of interest
   */
  static Colour read(BitReader in, int lastSubLayer) {
    Colour colour = Colour.readVuiHead(in);
    if (in.flag()) {
      in.skipGolomb(2); // chroma_sample_loc_type of both fields
    }
    in.skip(3); // neutral_chroma_indication, field_seq, frame_field_info_present
    if (in.flag()) {
      in.skipGolomb(4); // default display window
    }
    if (in.flag()) {
      in.skip(64); // vui_num_units_in_tick, vui_time_scale
      if (in.flag()) {
        in.ue(); // vui_num_ticks_poc_diff_one_minus1
      }
      if (in.flag()) {
        skipHrd(in, lastSubLayer);
      }
    }
    if (in.flag()) {
      in.skip(3); // tiles_fixed_structure, motion_vectors_over_pic_boundaries, restricted lists
      in.skipGolomb(5);
    }
    return colour;
  }

  private static void skipHrd(BitReader in, int lastSubLayer) {
    boolean nal = in.flag();
    boolean vcl = in.flag();
    boolean subPicture = false;
    if (nal || vcl) {
      subPicture = in.flag();
      if (subPicture) {
        in.skip(8 + 5 + 1 + 5);
      }
      in.skip(4 + 4); // bit_rate_scale, cpb_size_scale
      if (subPicture) {
        in.skip(4); // cpb_size_du_scale
      }
      in.skip(5 + 5 + 5); // delay lengths
    }
    for (int i = 0; i <= lastSubLayer; i++) {
      boolean fixedRate = in.flag();
      if (!fixedRate) {
        fixedRate = in.flag(); // within the coded video sequence only
      }
      boolean lowDelay = false;
      if (fixedRate) {
        in.ue(); // elemental_duration_in_tc_minus1
      } else {
        lowDelay = in.flag();
      }
      int cpbCount = lowDelay ? 1 : in.ue(31, "cpb_cnt_minus1") + 1;
      skipSubLayerHrd(in, nal ? cpbCount : 0, subPicture);
      skipSubLayerHrd(in, vcl ? cpbCount : 0, subPicture);
    }
  }

  private static void skipSubLayerHrd(BitReader in, int cpbCount, boolean subPicture) {
    for (int i = 0; i < cpbCount; i++) {
      in.skipGolomb(subPicture ? 4 : 2); // rates and sizes
      in.skip(1); // cbr_flag
    }
  }
}
