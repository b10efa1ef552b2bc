package io.keymux.packager.ts;

import java.util.HexFormat;

/**
 * What a byte stream needs to know of a codec's NAL units.
 *
 * @see "ITU-T H.264, table 7-1; ITU-T H.265, table 7-1"
 */
enum NalRules {
  // An access unit delimiter that allows all slice types.
  AVC(9, 7, "0000000109f0") {
    @Override
    int type(byte header) {
      return header & 0x1f;
    }

    @Override
    boolean isRandomAccess(int type) {
      return type == 5;
    }

    @Override
    boolean isParameterSet(int type) {
      return type == 7 || type == 8;
    }
  },
  HEVC(35, 33, "00000001460150") {
    @Override
    int type(byte header) {
      return (header >> 1) & 0x3f;
    }

    @Override
    boolean isRandomAccess(int type) {
      return type >= 16 && type <= 23;
    }

    @Override
    boolean isParameterSet(int type) {
      return type >= 32 && type <= 34;
    }
  };

  private final int delimiterType;
  private final int sequenceSetType;
  private final String delimiter;

  NalRules(int delimiterType, int sequenceSetType, String delimiter) {
    this.delimiterType = delimiterType;
    this.sequenceSetType = sequenceSetType;
    this.delimiter = delimiter;
  }

  /** {@code nal_unit_type} out of the first byte of a NAL unit. */
  abstract int type(byte header);

  /** Whether decoding can start with a picture of this type: IDR, or IRAP of HEVC. */
  abstract boolean isRandomAccess(int type);

  /** Whether its start code must have four bytes. */
  abstract boolean isParameterSet(int type);

  int delimiterType() {
    return delimiterType;
  }

  int sequenceSetType() {
    return sequenceSetType;
  }

  /** A whole access unit delimiter, with start code. */
  byte[] delimiter() {
    return HexFormat.of().parseHex(delimiter);
  }
}
