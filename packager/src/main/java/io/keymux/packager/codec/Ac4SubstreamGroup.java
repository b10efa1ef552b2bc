package io.keymux.packager.codec;

/**
 * Skips the description of a group of AC-4 substreams.
 *
 * @see "ETSI TS 103 190-2, 6.2.1.6 to 6.2.1.14 and 6.3.2.7.2 channel_mode"
 */
final class Ac4SubstreamGroup {
  private static final int MODE_7_0_52 = 7;
  private static final int MODE_7_1_322 = 10;
  private static final int MODE_7_0_4 = 11;
  private static final int MODE_9_1_4 = 14;
  private static final int MODE_RESERVED = 16;

  private final BitReader in;
  private final boolean is48kHz;
  private final int frameRateFactor;
  private boolean substreamsPresent;

  private Ac4SubstreamGroup(BitReader in, boolean is48kHz, int frameRateFactor) {
    this.in = in;
    this.is48kHz = is48kHz;
    this.frameRateFactor = frameRateFactor;
  }

  static void skip(BitReader in, boolean is48kHz, int frameRateFactor) {
    new Ac4SubstreamGroup(in, is48kHz, frameRateFactor).skip();
  }

  private void skip() {
    substreamsPresent = in.flag();
    boolean highFrequencies = in.flag(); // b_hsf_ext
    int count = 1;
    if (!in.flag()) { // b_single_substream
      count = in.bits(2) + 2;
      count += count == 5 ? Ac4Bits.variable(in, 2) : 0;
    }
    boolean channelCoded = in.flag();
    if (!channelCoded && in.flag()) { // b_oamd_substream
      in.skip(1); // b_oamd_ndot
      skipIndex();
    }
    for (int i = 0; i < count; i++) {
      if (channelCoded) {
        skipChannels();
      } else if (in.flag()) { // b_ajoc
        skipJointObjects();
      } else {
        skipObjects();
      }
      if (highFrequencies) {
        skipIndex();
      }
    }
    if (in.flag()) { // b_content_type
      skipContentType();
    }
  }

  private void skipChannels() {
    int mode = readChannelMode();
    if (mode >= MODE_7_0_4 && mode <= MODE_9_1_4) {
      in.skip(1 + 1 + 2); // b_4_back_channels_present, b_centre_present, top_channels_present
    }
    skipRates();
    if (mode >= MODE_7_0_52 && mode <= MODE_7_1_322) {
      in.skip(1); // add_ch_base
    }
    in.skip(frameRateFactor); // b_audio_ndot
    skipIndex();
  }

  /** Codes of 1, 2, 4, 7, 8 and 9 bits. */
  private int readChannelMode() {
    if (!in.flag()) {
      return 0;
    }
    if (!in.flag()) {
      return 1;
    }
    int code = in.bits(2);
    if (code < 3) {
      return 2 + code;
    }
    code = in.bits(3);
    if (code < 6) {
      return 5 + code;
    }
    code = (code & 1) << 1 | in.bits(1);
    if (code < 2) {
      return MODE_7_0_4 + code;
    }
    code = (code & 1) << 1 | in.bits(1);
    if (code < 3) {
      return 13 + code;
    }
    Ac4Bits.variable(in, 2);
    return MODE_RESERVED;
  }

  private void skipJointObjects() {
    in.skip(1); // b_lfe
    if (!in.flag()) { // b_static_dmx
      skipBeds(in.bits(4) + 1);
    }
    if (in.flag()) { // b_oamd_common_data_present
      skipObjectMetadata();
    }
    int signals = in.bits(4) + 1;
    signals += signals == 16 ? Ac4Bits.variable(in, 3) : 0;
    skipBeds(signals);
    skipRates();
    in.skip(frameRateFactor); // b_audio_ndot
    skipIndex();
  }

  /** {@code bed_dyn_obj_assignment}. */
  private void skipBeds(int signals) {
    if (in.flag()) { // b_dyn_objects_only
      return;
    }
    boolean isf = in.flag();
    if (isf || in.flag()) { // b_ch_assign_code
      in.skip(3);
    } else if (in.flag()) { // b_chan_assign_mask
      in.skip(in.flag() ? 17 : 10);
    } else {
      int bits = 32 - Integer.numberOfLeadingZeros(signals - 1);
      in.skip(4L * (in.bits(bits) + 1));
    }
  }

  private void skipObjectMetadata() {
    in.skip(in.flag() ? 0 : 5); // b_default_screen_size_ratio
    in.skip(1); // b_bed_object_chan_distribute
    if (in.flag()) { // b_additional_data
      int bytes = in.bits(1) + 1;
      in.skip(8L * (bytes == 2 ? bytes + Ac4Bits.variable(in, 2) : bytes));
    }
  }

  private void skipObjects() {
    in.skip(3); // n_objects_code
    if (in.flag()) { // b_dynamic_objects
      in.skip(1); // b_lfe
    } else if (in.flag()) { // b_bed_objects
      if (in.flag()) { // b_bed_start
        in.skip(in.flag() ? 3 : in.flag() ? 17 : 10);
      }
    } else if (in.flag()) { // b_isf
      in.skip(in.flag() ? 3 : 0); // b_isf_start
    } else {
      in.skip(8L * in.bits(4)); // reserved_data
    }
    skipRates();
    in.skip(frameRateFactor); // b_audio_ndot
    skipIndex();
  }

  private void skipRates() {
    if (is48kHz && in.flag()) { // b_sf_multiplier
      in.skip(1);
    }
    if (in.flag() && (in.bits(3) & 1) != 0) { // b_bitrate_info, bitrate_indicator
      in.skip(2);
    }
  }

  private void skipIndex() {
    if (substreamsPresent) {
      Ac4Bits.skipIndex(in);
    }
  }

  private void skipContentType() {
    in.skip(3); // content_classifier
    if (in.flag()) { // b_language_indicator
      in.skip(in.flag() ? 17 : 8L * in.bits(6)); // b_serialized_language_tag
    }
  }
}
