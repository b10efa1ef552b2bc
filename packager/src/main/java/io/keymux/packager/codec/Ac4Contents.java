package io.keymux.packager.codec;

import java.util.Arrays;

/**
 * Reads the table of contents of one AC-4 frame to its end.
 *
 * @see "ETSI TS 103 190-2, 6.2.1 ac4_toc; ETSI TS 103 190-1, 4.2.3.11 substream_index_table"
 */
final class Ac4Contents {
  /** Far above what a frame can describe; keeps damaged frames from costing time. */
  private static final int MOST = 512;

  private static final int SINGLE_GROUP = -1;
  private static final int ONLY_EMDF = 6;

  private final BitReader in;
  private boolean is48kHz;
  private int frameRate;

  /** By substream group, how many frames its audio is divided into; 0 if nobody uses the group. */
  private int[] factors = new int[4];

  private int groups = 1;

  Ac4Contents(BitReader in) {
    this.in = in;
  }

  void skip() {
    int version = in.bits(2);
    if (version == 3) {
      version += Ac4Bits.variable(in, 2);
    }
    if (version < 2) {
      throw in.unsupported("bitstream_version " + version + " was withdrawn");
    }
    in.skip(10); // sequence_counter
    if (in.flag() && in.bits(3) > 0) { // b_wait_frames
      in.skip(2); // br_code
    }
    is48kHz = in.flag();
    frameRate = in.bits(4);
    in.skip(1); // b_iframe_global
    int presentations = readPresentationCount();
    if (in.flag() && in.bits(5) == 31) { // b_payload_base
      Ac4Bits.variable(in, 3);
    }
    if (in.flag()) { // b_program_id
      in.skip(16);
      in.skip(in.flag() ? 128 : 0); // program_uuid
    }
    for (int i = 0; i < presentations; i++) {
      skipPresentation();
    }
    for (int i = 0; i < groups; i++) {
      if (factors[i] == 0) {
        throw in.malformed("substream group " + i + " is in no presentation");
      }
      Ac4SubstreamGroup.skip(in, is48kHz, factors[i]);
    }
    skipIndex();
  }

  private int readPresentationCount() {
    if (in.flag()) { // b_single_presentation
      return 1;
    }
    if (!in.flag()) { // b_more_presentations
      throw in.unsupported("no presentation");
    }
    return limit(Ac4Bits.variable(in, 2) + 2, "n_presentations");
  }

  private void skipPresentation() {
    boolean single = in.flag(); // b_single_substream_group
    int configuration = single ? SINGLE_GROUP : in.bits(3);
    if (configuration == 7) {
      configuration += Ac4Bits.variable(in, 2);
    }
    for (int version = 0; in.flag(); version++) {
      limit(version, "presentation_version");
    }
    boolean moreEmdf = configuration == ONLY_EMDF;
    if (!moreEmdf) {
      in.skip(3); // mdcompat
      if (in.flag()) {
        Ac4Bits.variable(in, 2); // presentation_id
      }
      int factor = readFrameRateFactor();
      skipFrameRateFraction();
      skipEmdf();
      in.skip(in.flag() ? 1 : 0); // b_presentation_filter, b_enable_presentation
      readGroups(configuration, factor);
      in.skip(1); // b_pre_virtualized
      moreEmdf = in.flag();
      in.skip(2); // b_alternative, b_pres_ndot
      Ac4Bits.skipIndex(in);
    }
    if (moreEmdf) {
      int count = in.bits(2);
      count = count == 0 ? limit(Ac4Bits.variable(in, 2) + 4, "n_add_emdf_substreams") : count;
      for (int i = 0; i < count; i++) {
        skipEmdf();
      }
    }
  }

  private int readFrameRateFactor() {
    return switch (frameRate) {
      case 2, 3, 4 -> in.flag() ? (in.flag() ? 4 : 2) : 1;
      case 0, 1, 7, 8, 9 -> in.flag() ? 2 : 1;
      default -> 1;
    };
  }

  private void skipFrameRateFraction() {
    if (frameRate >= 5 && frameRate <= 9) {
      in.skip(1);
    } else if (frameRate >= 10 && frameRate <= 12 && in.flag()) {
      in.skip(1);
    }
  }

  private void skipEmdf() {
    if (in.bits(2) == 3) { // emdf_version
      Ac4Bits.variable(in, 2);
    }
    if (in.bits(3) == 7) { // key_id
      Ac4Bits.variable(in, 3);
    }
    if (in.flag()) { // b_emdf_payloads_substream_info
      Ac4Bits.skipIndex(in);
    }
    int primary = in.bits(2);
    int secondary = in.bits(2);
    if (primary == 0) {
      throw in.malformed("protection_length_primary 0 is reserved");
    }
    in.skip(protectionBits(primary));
    in.skip(protectionBits(secondary));
  }

  private static int protectionBits(int length) {
    return switch (length) {
      case 0 -> 0;
      case 1 -> 8;
      case 2 -> 32;
      default -> 128;
    };
  }

  private void readGroups(int configuration, int factor) {
    int count = 1;
    if (configuration != SINGLE_GROUP) {
      in.skip(1); // b_multi_pid
      count =
          switch (configuration) {
            case 0, 1, 2 -> 2;
            case 3, 4 -> 3;
            case 5 -> readGroupCount();
            default -> 0;
          };
      if (configuration > 5) {
        int bytes = in.bits(5); // presentation_config_ext_info
        in.skip(8L * (in.flag() ? bytes + ((long) Ac4Bits.variable(in, 2) << 5) : bytes));
      }
    }
    for (int i = 0; i < count; i++) {
      int group = in.bits(3);
      if (group == 7) {
        group = limit(group + Ac4Bits.variable(in, 2), "group_index");
      }
      if (group >= factors.length) {
        factors = Arrays.copyOf(factors, Math.max(group + 1, 2 * factors.length));
      }
      factors[group] = factors[group] == 0 ? factor : factors[group];
      groups = Math.max(groups, group + 1);
    }
  }

  private int readGroupCount() {
    int count = in.bits(2) + 2;
    return count == 5 ? limit(count + Ac4Bits.variable(in, 2), "n_substream_groups") : count;
  }

  private void skipIndex() {
    int substreams = in.bits(2);
    if (substreams == 0) {
      substreams = limit(Ac4Bits.variable(in, 2) + 4, "n_substreams");
    }
    if (substreams > 1 || in.flag()) { // b_size_present
      for (int i = 0; i < substreams; i++) {
        boolean more = in.flag();
        in.skip(10); // substream_size
        if (more) {
          Ac4Bits.variable(in, 2);
        }
      }
    }
  }

  private int limit(int value, String name) {
    if (value > MOST) {
      throw in.malformed(name + " is " + value);
    }
    return value;
  }
}
