package io.keymux.testvectors.judge;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;

/**
 * How the samples of a sample entry (tenc) or of a sample group (seig) are protected.
 *
 * @param scheme four characters of schm
 * @param isProtected false: the samples are clear
 * @param ivSize bytes of IV in the auxiliary information of a sample: 0, 8 or 16
 * @param cryptBlocks of the pattern, 0 where there is none
 * @param skipBlocks of the pattern, 0 where there is none
 * @param constantIv empty unless {@code ivSize} is 0
 * @see "ISO/IEC 23001-7, Track Encryption box and CencSampleEncryptionInformationGroupEntry"
 */
record Protection(
    String scheme,
    boolean isProtected,
    int ivSize,
    KeyId keyId,
    int cryptBlocks,
    int skipBlocks,
    Bytes constantIv) {

  static Protection ofTenc(String scheme, Box tenc) {
    // Before the pattern nibbles: version, flags and one reserved byte.
    return read(scheme, tenc, 4, tenc.version() > 0);
  }

  /**
   * @param offset of the entry in {@code sgpd}
   */
  static Protection ofSeig(String scheme, Box sgpd, int offset) {
    return read(scheme, sgpd, offset, true);
  }

  private static Protection read(String scheme, Box box, int offset, boolean pattern) {
    int nibbles = pattern ? box.u8(offset + 1) : 0;
    boolean isProtected = box.u8(offset + 2) == 1;
    int ivSize = box.u8(offset + 3);
    if (ivSize != 0 && ivSize != 8 && ivSize != 16) {
      throw box.malformed(offset + 3, "an IV of " + ivSize + " bytes is not allowed");
    }
    KeyId keyId = KeyId.ofBytes(box.bytes(offset + 4, KeyId.SIZE_BYTES));
    Bytes constantIv = Bytes.empty();
    if (isProtected && ivSize == 0) {
      int size = box.u8(offset + 20);
      if (size != 8 && size != 16) {
        throw box.malformed(offset + 20, "a constant IV of " + size + " bytes is not allowed");
      }
      constantIv = Bytes.copyOf(box.bytes(offset + 21, size));
    }
    return new Protection(
        scheme, isProtected, ivSize, keyId, nibbles >> 4, nibbles & 0x0f, constantIv);
  }
}
