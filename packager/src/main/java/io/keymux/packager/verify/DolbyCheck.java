package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackFragment.SampleInfo;

/**
 * AC-3 and E-AC-3: each sync frame begins with a sync word and is covered by a CRC.
 *
 * @see "ETSI TS 102 366, 4.4.1 syncinfo, E.1.2.1 and 7.10 Error detection"
 */
final class DolbyCheck implements SampleCheck {
  private static final int SYNC_WORD = 0x0b77;
  private static final int FIRST_EAC3_BSID = 11;

  /** Nominal bit rates of frmsizecod / 2, in kbit/s. */
  private static final int[] KBITS = {
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640
  };

  @Override
  public Verdict check(byte[] sample, int size, double duration, SampleInfo info) {
    int at = 0;
    double bits = 0;
    while (at < size) {
      if (size - at < 6) {
        return Verdict.broken((size - at) + " bytes behind the last sync frame");
      }
      int sync = ((sample[at] & 0xff) << 8) | (sample[at + 1] & 0xff);
      if (sync != SYNC_WORD) {
        return Verdict.broken("sync word %04x instead of %04x".formatted(sync, SYNC_WORD));
      }
      int length = frameBytes(sample, at);
      if (length == 0 || length > size - at) {
        return Verdict.broken("a sync frame of %d bytes where %d are left".formatted(length, size));
      }
      if (Crc16.of(sample, at + 2, at + length) != 0) {
        return Verdict.broken("the CRC of a sync frame is wrong");
      }
      bits += 32;
      at += length;
    }
    return Verdict.passed(bits);
  }

  /** 0 if the header is not a legal one. */
  private static int frameBytes(byte[] data, int at) {
    int bsid = (data[at + 5] & 0xff) >>> 3;
    if (bsid >= FIRST_EAC3_BSID) {
      return ((((data[at + 2] & 7) << 8) | (data[at + 3] & 0xff)) + 1) * 2;
    }
    int sampleRateCode = (data[at + 4] & 0xff) >>> 6;
    int sizeCode = data[at + 4] & 0x3f;
    if (sizeCode >= 2 * KBITS.length) {
      return 0;
    }
    int kbits = KBITS[sizeCode / 2];
    return switch (sampleRateCode) {
      case 0 -> kbits * 4;
      case 1 -> 2 * (kbits * 320 / 147 + (sizeCode & 1));
      case 2 -> kbits * 6;
      default -> 0;
    };
  }
}
