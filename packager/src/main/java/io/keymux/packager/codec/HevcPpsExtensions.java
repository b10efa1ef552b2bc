package io.keymux.packager.codec;

/**
 * What the extensions of a picture parameter set add to slice headers.
 *
 * @param chromaQpLists range extension: slice headers hold cu_chroma_qp_offset_enabled_flag
 * @param currentPictureReference screen content: the picture may refer to itself
 * @param sliceActQp screen content: slice headers hold the colour transform's QP offsets
 * @see "ITU-T H.265, 7.3.2.3.2 range, 7.3.2.3.3 screen content coding, F.7.3.2.3.4 multilayer
 *     extension syntax"
 */
record HevcPpsExtensions(
    boolean chromaQpLists, boolean currentPictureReference, boolean sliceActQp) {
  static final HevcPpsExtensions NONE = new HevcPpsExtensions(false, false, false);

  /** Starts behind pps_extension_present_flag. */
  static HevcPpsExtensions read(BitReader in, boolean transformSkip) {
    boolean range = in.flag();
    boolean multilayer = in.flag();
    boolean threeD = in.flag();
    boolean screenContent = in.flag();
    in.skip(4); // pps_extension_4bits
    boolean chromaQpLists = range && readChromaQpLists(in, transformSkip);
    if (!screenContent) {
      return new HevcPpsExtensions(chromaQpLists, false, false);
    }
    if (multilayer) {
      skipMultilayer(in);
    }
    if (threeD) {
      throw in.unsupported("a picture parameter set with 3D and screen content extensions");
    }
    boolean currentPictureReference = in.flag();
    boolean colourTransform = in.flag();
    return new HevcPpsExtensions(
        chromaQpLists, currentPictureReference, colourTransform && in.flag());
  }

  private static boolean readChromaQpLists(BitReader in, boolean transformSkip) {
    if (transformSkip) {
      in.ue(); // log2_max_transform_skip_block_size_minus2
    }
    in.skip(1); // cross_component_prediction_enabled_flag
    boolean chromaQpLists = in.flag();
    if (chromaQpLists) {
      in.ue(); // diff_cu_chroma_qp_offset_depth
      in.skipGolomb(2 * (in.ue(5, "chroma_qp_offset_list_len_minus1") + 1));
    }
    in.skipGolomb(2); // log2_sao_offset_scale of luma and chroma
    return chromaQpLists;
  }

  private static void skipMultilayer(BitReader in) {
    if (in.flag()) {
      in.skip(6); // pps_scaling_list_ref_layer_id
    }
    int offsets = in.ue(63, "num_ref_loc_offsets");
    for (int i = 0; i < offsets; i++) {
      in.skip(6); // ref_loc_offset_layer_id
      in.skipGolomb(in.flag() ? 4 : 0); // scaled reference layer offsets
      in.skipGolomb(in.flag() ? 4 : 0); // reference region offsets
      in.skipGolomb(in.flag() ? 4 : 0); // resampling phases
    }
    if (in.flag()) {
      throw in.unsupported("a picture parameter set with colour mapping and screen content coding");
    }
  }
}
