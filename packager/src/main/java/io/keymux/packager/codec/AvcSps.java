package io.keymux.packager.codec;

/**
 * What slice headers and manifests need of an H.264 sequence parameter set.
 *
 * @param width in pixels after cropping
 * @param height in pixels after cropping, of a frame
 * @param mapUnits PicSizeInMapUnits
 * @see "ITU-T H.264, 7.3.2.1.1 Sequence parameter set data syntax"
 */
record AvcSps(
    int id,
    int chromaArrayType,
    boolean separateColourPlanes,
    int frameNumBits,
    int pocType,
    int pocLsbBits,
    boolean deltaPocAlwaysZero,
    boolean frameMbsOnly,
    int mapUnits,
    int width,
    int height,
    Colour colour) {

  static final int MAX_ID = 31;

  /** Reads it from behind the NAL unit header. */
  static AvcSps read(BitReader in) {
    int profile = in.bits(8);
    in.skip(16); // constraint flags, level_idc
    int id = in.ue(MAX_ID, "seq_parameter_set_id");
    int chromaFormat = 1;
    boolean separatePlanes = false;
    if (hasChromaFormat(profile)) {
      chromaFormat = in.ue(3, "chroma_format_idc");
      separatePlanes = chromaFormat == 3 && in.flag();
      in.skipGolomb(2); // bit depths
      in.skip(1); // qpprime_y_zero_transform_bypass_flag
      if (in.flag()) {
        skipScalingLists(in, chromaFormat == 3 ? 12 : 8);
      }
    }
    int frameNumBits = in.ue(12, "log2_max_frame_num_minus4") + 4;
    int pocType = in.ue(2, "pic_order_cnt_type");
    int pocLsbBits = pocType == 0 ? in.ue(12, "log2_max_pic_order_cnt_lsb_minus4") + 4 : 0;
    boolean deltaPocAlwaysZero = pocType == 1 && readPocCycle(in);
    in.ue(); // max_num_ref_frames
    in.skip(1); // gaps_in_frame_num_value_allowed_flag
    int widthMbs = in.ue(0xfff, "pic_width_in_mbs_minus1") + 1;
    int heightMapUnits = in.ue(0xfff, "pic_height_in_map_units_minus1") + 1;
    boolean frameMbsOnly = in.flag();
    if (!frameMbsOnly) {
      in.skip(1); // mb_adaptive_frame_field_flag
    }
    in.skip(1); // direct_8x8_inference_flag
    int fieldFactor = frameMbsOnly ? 1 : 2;
    int width = widthMbs * 16;
    int height = heightMapUnits * 16 * fieldFactor;
    int chromaArrayType = separatePlanes ? 0 : chromaFormat;
    if (in.flag()) {
      int unitX = chromaArrayType == 1 || chromaArrayType == 2 ? 2 : 1;
      int unitY = (chromaArrayType == 1 ? 2 : 1) * fieldFactor;
      width -= unitX * (in.ue(width, "frame_crop_left") + in.ue(width, "frame_crop_right"));
      height -= unitY * (in.ue(height, "frame_crop_top") + in.ue(height, "frame_crop_bottom"));
      if (width <= 0 || height <= 0) {
        throw in.malformed("cropping leaves " + width + " x " + height + " pixels");
      }
    }
    Colour colour = in.flag() ? Colour.readVuiHead(in) : Colour.UNSPECIFIED;
    return new AvcSps(
        id,
        chromaArrayType,
        separatePlanes,
        frameNumBits,
        pocType,
        pocLsbBits,
        deltaPocAlwaysZero,
        frameMbsOnly,
        widthMbs * heightMapUnits,
        width,
        height,
        colour);
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static boolean readPocCycle(BitReader in) {
    boolean deltaPocAlwaysZero = in.flag();
    in.skipGolomb(2); // offset_for_non_ref_pic, offset_for_top_to_bottom_field
    in.skipGolomb(in.ue(255, "num_ref_frames_in_pic_order_cnt_cycle"));
    return deltaPocAlwaysZero;
  }

  private static void skipScalingLists(BitReader in, int count) {
    for (int list = 0; list < count; list++) {
      if (in.flag()) {
        skipScalingList(in, list < 6 ? 16 : 64);
      }
    }
  }

  /** A list stops early: from nextScale 0 on the last value is repeated. */
  private static void skipScalingList(BitReader in, int size) {
    int lastScale = 8;
    int nextScale = 8;
    for (int i = 0; i < size && nextScale != 0; i++) {
      nextScale = (int) ((lastScale + in.se()) & 0xff);
      if (nextScale != 0) {
        lastScale = nextScale;
      }
    }
  }
}
