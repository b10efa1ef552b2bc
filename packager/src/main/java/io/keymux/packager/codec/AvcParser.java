package io.keymux.packager.codec;

import org.jspecify.annotations.Nullable;

/**
 * Follows the parameter sets of an H.264 stream and measures its slice headers.
 *
 * <p>Data partitions count {@code slice_id} and what else stands before the slice data as header.
 * Slices of scalable, multiview and 3D extensions (types 20 and 21) are refused: left clear they
 * would give the picture away, and no player decrypts them.
 */
final class AvcParser implements SliceHeaderParser {
  private static final String CODEC = "H.264";
  private static final int SLICE = 1;
  private static final int PARTITION_A = 2;
  private static final int PARTITION_B = 3;
  private static final int PARTITION_C = 4;
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int EXTENSION = 20;
  private static final int EXTENSION_3D = 21;

  private final BitReader in;
  private final @Nullable AvcSps[] spsById;
  private final @Nullable AvcPps[] ppsById;
  private final AvcSliceHeader header = new AvcSliceHeader();
  // The parameter sets of the last partition A, which B and C do not name.
  private @Nullable AvcSps partitionSps;
  private @Nullable AvcPps partitionPps;

  /** A parser that knows no parameter set yet. */
  AvcParser(String errorCode) {
    this.in = new BitReader(errorCode);
    this.spsById = new AvcSps[AvcSps.MAX_ID + 1];
    this.ppsById = new AvcPps[AvcPps.MAX_ID + 1];
  }

  /** A parser for the stream that knows what {@code other} knows, and shares no state with it. */
  AvcParser(AvcParser other) {
    this.in = new BitReader(BitReader.SLICE);
    this.spsById = other.spsById.clone();
    this.ppsById = other.ppsById.clone();
  }

  @Override
  public int clearBytes(byte[] data, int offset, int length) {
    int type = data[offset] & 0x1f;
    in.begin(CODEC, type, data, offset, length);
    if (in.flag()) {
      throw in.malformed("forbidden_zero_bit is set");
    }
    int refIdc = in.bits(2);
    in.skip(5);
    switch (type) {
      case SLICE, PARTITION_A, IDR -> {
        return slice(type, refIdc);
      }
      case PARTITION_B, PARTITION_C -> {
        return laterPartition();
      }
      case SPS -> {
        AvcSps sps = AvcSps.read(in);
        spsById[sps.id()] = sps;
      }
      case PPS -> {
        AvcPps pps = AvcPps.read(in);
        ppsById[pps.id()] = pps;
      }
      case EXTENSION, EXTENSION_3D ->
          throw in.unsupported("slices of SVC, MVC and 3D-AVC cannot be protected");
      default -> {}
    }
    return ALL_CLEAR;
  }

  /** The sequence parameter set with the lowest id. */
  @Nullable AvcSps firstSps() {
    for (AvcSps sps : spsById) {
      if (sps != null) {
        return sps;
      }
    }
    return null;
  }

  private int slice(int type, int refIdc) {
    in.ue(); // first_mb_in_slice
    int sliceType = in.ue(9, "slice_type");
    int ppsId = in.ue(AvcPps.MAX_ID, "pic_parameter_set_id");
    AvcPps pps = ppsById[ppsId];
    if (pps == null) {
      throw in.malformed("pic_parameter_set_id " + ppsId + " is not known");
    }
    AvcSps sps = spsById[pps.spsId()];
    if (sps == null) {
      throw in.malformed("seq_parameter_set_id " + pps.spsId() + " is not known");
    }
    header.skip(in, sps, pps, sliceType % 5, refIdc, type == IDR);
    if (type == PARTITION_A) {
      partitionSps = sps;
      partitionPps = pps;
      in.ue(); // slice_id
    }
    return in.bytesRead();
  }

  private int laterPartition() {
    AvcSps sps = partitionSps;
    AvcPps pps = partitionPps;
    if (sps == null || pps == null) {
      throw in.malformed("no data partition A stands before it");
    }
    in.ue(); // slice_id
    if (sps.separateColourPlanes()) {
      in.skip(2); // colour_plane_id
    }
    if (pps.redundantPicCnt()) {
      in.ue(); // redundant_pic_cnt
    }
    return in.bytesRead();
  }
}
