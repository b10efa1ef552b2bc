package io.keymux.packager.codec;

import org.jspecify.annotations.Nullable;

/**
 * Follows the parameter sets of an HEVC stream and measures its slice segment headers.
 *
 * <p>Reserved types stay clear, and so do the unspecified 62 and 63 of Dolby Vision. Slices of
 * other layers than the base layer are refused: left clear they would give the picture away.
 */
final class HevcParser implements SliceHeaderParser {
  private static final String CODEC = "HEVC";
  private static final int SPS = 33;
  private static final int PPS = 34;

  private final BitReader in;
  private final @Nullable HevcSps[] spsById;
  private final @Nullable HevcPps[] ppsById;
  private final HevcSliceHeader header = new HevcSliceHeader();

  /** A parser that knows no parameter set yet. */
  HevcParser(String errorCode) {
    this.in = new BitReader(errorCode);
    this.spsById = new HevcSps[HevcSps.MAX_ID + 1];
    this.ppsById = new HevcPps[HevcPps.MAX_ID + 1];
  }

  /** A parser for the stream that knows what {@code other} knows, and shares no state with it. */
  HevcParser(HevcParser other) {
    this.in = new BitReader(BitReader.SLICE);
    this.spsById = other.spsById.clone();
    this.ppsById = other.ppsById.clone();
  }

  @Override
  public int clearBytes(byte[] data, int offset, int length) {
    int type = (data[offset] >> 1) & 0x3f;
    in.begin(CODEC, type, data, offset, length);
    if (in.flag()) {
      throw in.malformed("forbidden_zero_bit is set");
    }
    in.skip(6);
    int layer = in.bits(6);
    in.skip(3); // nuh_temporal_id_plus1
    if (type <= 9 || (type >= 16 && type <= 21)) {
      if (layer > 0) {
        throw in.unsupported("slices of layer " + layer + " cannot be protected");
      }
      return slice(type);
    }
    // Parameter sets of other layers have another syntax, and ids may be those of the base layer.
    if (type == SPS && layer == 0) {
      HevcSps sps = HevcSps.read(in);
      spsById[sps.id()] = sps;
    } else if (type == PPS && layer == 0) {
      HevcPps pps = HevcPps.read(in);
      ppsById[pps.id()] = pps;
    }
    return ALL_CLEAR;
  }

  /** The sequence parameter set with the lowest id. */
  @Nullable HevcSps firstSps() {
    for (HevcSps sps : spsById) {
      if (sps != null) {
        return sps;
      }
    }
    return null;
  }

  private int slice(int type) {
    boolean first = in.flag();
    if (type >= 16) {
      in.skip(1); // no_output_of_prior_pics_flag
    }
    int ppsId = in.ue(HevcPps.MAX_ID, "slice_pic_parameter_set_id");
    HevcPps pps = ppsById[ppsId];
    if (pps == null) {
      throw in.malformed("slice_pic_parameter_set_id " + ppsId + " is not known");
    }
    HevcSps sps = spsById[pps.spsId()];
    if (sps == null) {
      throw in.malformed("pps_seq_parameter_set_id " + pps.spsId() + " is not known");
    }
    header.skip(in, sps, pps, type, first);
    return in.bytesRead();
  }
}
