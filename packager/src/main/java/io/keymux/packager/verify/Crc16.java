package io.keymux.packager.verify;

/**
 * The CRC of AC-3 and FLAC frames: polynomial x^16 + x^15 + x^2 + 1, starting at 0, most
 * significant bit first. Over a range with its own CRC at the end it is 0.
 */
final class Crc16 {
  private static final int POLYNOMIAL = 0x8005;
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
      }
      TABLE[i] = crc & 0xffff;
    }
  }

  private Crc16() {}

  static int of(byte[] data, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >>> 8) ^ (data[i] & 0xff)];
    }
    return crc;
  }
}
