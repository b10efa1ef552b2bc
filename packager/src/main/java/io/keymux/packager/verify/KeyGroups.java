package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleToGroup;
import io.keymux.packager.verify.TrackBoxes.Protection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sample group {@code seig}: samples whose key is not the one of {@code tenc}.
 *
 * @see "ISO/IEC 23001-7, 6 Encryption Parameters shared by groups of samples; ISO/IEC 14496-12, 8.9
 *     Sample group structures"
 */
final class KeyGroups {
  private static final int SEIG = FourCc.of("seig");

  /** Descriptions in the fragment itself are numbered from behind this. */
  private static final int LOCAL = 0x10000;

  private KeyGroups() {}

  /**
   * What the {@code sgpd} boxes among some boxes describe.
   *
   * @return without a scheme, which {@code schm} tells; empty if none is of this group
   */
  static List<Protection> descriptions(List<BoxReader.Box> boxes) {
    List<Protection> descriptions = new ArrayList<>();
    for (BoxReader.Box box : boxes) {
      if (box.name().equals("sgpd")) {
        descriptions(box, descriptions);
      }
    }
    return List.copyOf(descriptions);
  }

  private static void descriptions(BoxReader.Box box, List<Protection> descriptions) {
    BoxReader in = new BoxReader(box.toBytes(), box.offset()).box().body();
    long version = in.u32() >>> 24;
    if (in.i32() != SEIG) {
      return;
    }
    long defaultLength = version >= 1 ? in.u32() : 0;
    in.skip(version >= 2 ? 4 : 0);
    for (int count = in.count(4, "seig entry"); count > 0; count--) {
      if (version >= 1 && defaultLength == 0) {
        in.skip(4);
      }
      in.skip(1);
      int pattern = in.u8();
      boolean isProtected = in.u8() == 1;
      int ivSize = in.u8();
      KeyId keyId = KeyId.ofBytes(in.bytes(KeyId.SIZE_BYTES, "KID"));
      boolean constant = isProtected && ivSize == 0;
      Bytes iv = constant ? Bytes.copyOf(in.bytes(in.u8(), "constant IV")) : null;
      descriptions.add(
          new Protection("", isProtected, ivSize, keyId, pattern >>> 4, pattern & 0xf, iv));
    }
  }

  /**
   * The description of each sample by the {@code sbgp} or {@code csgp} among the boxes of a {@code
   * traf}.
   *
   * @param init descriptions of the init segment
   * @return null for samples in no group of this kind; empty if there is none
   */
  static List<@Nullable Protection> ofSamples(
      List<BoxReader.Box> boxes, List<Protection> init, int samples) {
    List<@Nullable Protection> result = new ArrayList<>();
    for (BoxReader.Box box : boxes) {
      SampleToGroup map = SampleToGroup.is(box) ? SampleToGroup.read(box, samples) : null;
      if (map == null || map.type() != SEIG) {
        continue;
      }
      List<Protection> local = descriptions(boxes);
      for (int run = 0; run < map.counts().length; run++) {
        Protection protection = description(map.indexes()[run], local, init, box.body());
        for (int i = 0; i < map.counts()[run]; i++) {
          result.add(protection);
        }
      }
      while (result.size() < samples) {
        result.add(null);
      }
      return result;
    }
    return result;
  }

  private static @Nullable Protection description(
      int index, List<Protection> local, List<Protection> init, BoxReader in) {
    if (index == 0) {
      return null;
    }
    List<Protection> from = index > LOCAL ? local : init;
    int at = index > LOCAL ? index - LOCAL : index;
    if (at < 1 || at > from.size()) {
      throw in.malformed("sample group description " + index + " does not exist");
    }
    return from.get(at - 1);
  }
}
