package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code sgpd} and {@code sbgp}.
 *
 * @see "ISO/IEC 14496-12, 8.9 Sample group structures"
 */
final class GroupBoxes {
  /** Descriptions in a fragment itself are numbered from behind this. */
  static final int LOCAL = 0x10000;

  private GroupBoxes() {}

  /**
   * The descriptions of a kind of group, in order.
   *
   * @param type four characters: {@code roll}
   */
  static List<Bytes> descriptions(Children boxes, String type) {
    List<Bytes> descriptions = new ArrayList<>();
    for (Box sgpd : boxes.all("sgpd")) {
      BoxReader in = again(sgpd);
      int version = in.i32() >>> 24;
      if (in.i32() != FourCc.of(type)) {
        continue;
      }
      long defaultLength = version >= 1 ? in.u32() : -1;
      in.skip(version >= 2 ? 4 : 0);
      int count = in.count(version >= 1 && defaultLength == 0 ? 4 : 1, "sgpd entry");
      for (int left = count; left > 0; left--) {
        long length = defaultLength;
        if (version == 0) {
          // The length is known to those who know the kind: here entries share what there is.
          length = in.remaining() / left;
        } else if (defaultLength == 0) {
          length = in.u32();
        }
        if (length > in.remaining()) {
          throw in.malformed("sgpd entry of %d bytes".formatted(length));
        }
        descriptions.add(Bytes.copyOf(in.bytes((int) length, "sgpd entry")));
      }
    }
    return descriptions;
  }

  /**
   * Which description each sample has, counted from 1, those of the fragment itself from {@link
   * #LOCAL} + 1; 0 for none.
   *
   * @param samples that the boxes speak of
   */
  static int[] ofSamples(Children boxes, String type, int samples) {
    int[] indexes = new int[samples];
    for (Box sbgp : boxes.all("sbgp")) {
      BoxReader in = again(sbgp);
      int version = in.i32() >>> 24;
      if (in.i32() != FourCc.of(type)) {
        continue;
      }
      in.skip(version >= 1 ? 4 : 0);
      int filled = 0;
      for (int left = in.count(8, "sbgp entry"); left > 0; left--) {
        long run = in.u32();
        int index = in.i32();
        if (run > samples - filled) {
          throw in.malformed("sbgp describes more than the %d samples".formatted(samples));
        }
        for (long i = 0; i < run; i++) {
          indexes[filled++] = index;
        }
      }
      return indexes;
    }
    return indexes;
  }

  /** A box is read once; group boxes are looked at for each kind. */
  private static BoxReader again(Box box) {
    return new BoxReader(box.toBytes(), box.offset()).box().body();
  }
}
