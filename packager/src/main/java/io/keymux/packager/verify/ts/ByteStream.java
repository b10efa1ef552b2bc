package io.keymux.packager.verify.ts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds NAL units in a byte stream.
 *
 * @see "ITU-T H.264, B.2 Byte stream NAL unit decoding process"
 */
final class ByteStream {
  private ByteStream() {}

  /** Between start codes, in order; zeros behind one belong to the next start code. */
  static List<byte[]> nalUnits(byte[] data) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    int at = 0;
    while (at + 3 <= data.length) {
      if (data[at] == 0 && data[at + 1] == 0 && data[at + 2] == 1) {
        add(units, data, start, at);
        start = at + 3;
        at = start;
      } else {
        at++;
      }
    }
    add(units, data, start, data.length);
    return units;
  }

  private static void add(List<byte[]> units, byte[] data, int start, int end) {
    if (start < 0) {
      return;
    }
    int to = end;
    while (to > start && data[to - 1] == 0) {
      to--;
    }
    if (to > start) {
      units.add(Arrays.copyOfRange(data, start, to));
    }
  }
}
