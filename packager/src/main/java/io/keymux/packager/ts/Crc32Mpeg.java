package io.keymux.packager.ts;

/**
 * The CRC of sections: that of a section with its CRC is 0.
 *
 * @see "ISO/IEC 13818-1, Annex A CRC decoder model"
 */
final class Crc32Mpeg {
  private static final int POLYNOMIAL = 0x04c11db7;

  private Crc32Mpeg() {}

  static int of(byte[] data, int offset, int length) {
    int crc = -1;
    for (int i = offset; i < offset + length; i++) {
      crc ^= data[i] << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc << 1) ^ (crc < 0 ? POLYNOMIAL : 0);
      }
    }
    return crc;
  }
}
