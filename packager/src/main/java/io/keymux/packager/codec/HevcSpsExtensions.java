package io.keymux.packager.codec;

/**
 * Reads the extensions of a sequence parameter set up to the one thing slice headers depend on.
 *
 * @see "ITU-T H.265, 7.3.2.2.2 range, 7.3.2.2.3 screen content coding, F.7.3.2.2.4 multilayer,
 *     I.7.3.2.2.5 3D extension syntax"
 */
final class HevcSpsExtensions {
  private HevcSpsExtensions() {}

  /**
   * Starts behind sps_extension_present_flag; tells if motion_vector_resolution_control_idc is 2.
   */
  static boolean readIntegerMvFlag(BitReader in, int chromaFormat, int lumaBits, int chromaBits) {
    boolean range = in.flag();
    boolean multilayer = in.flag();
    boolean threeD = in.flag();
    boolean screenContent = in.flag();
    in.skip(4); // sps_extension_4bits
    if (!screenContent) {
      return false;
    }
    if (range) {
      in.skip(9);
    }
    if (multilayer) {
      in.skip(1); // inter_view_mv_vert_constraint_flag
    }
    if (threeD) {
      in.skip(2);
      in.ue(); // log2_ivmc_sub_pb_size_minus3
      in.skip(4 + 2 + 1);
      in.ue(); // log2_texmc_sub_pb_size_minus3
      in.skip(5);
    }
    in.skip(1); // sps_curr_pic_ref_enabled_flag
    if (in.flag()) {
      in.skipGolomb(2); // palette sizes
      if (in.flag()) {
        long entries = in.ue() + 1;
        in.skip(entries * lumaBits + (chromaFormat == 0 ? 0 : 2 * entries * chromaBits));
      }
    }
    return in.bits(2) == 2;
  }
}
