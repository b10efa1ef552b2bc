package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code sgpd} boxes of a movie's track or of a fragment. Each is read when its kind is asked
 * for.
 *
 * @see "ISO/IEC 14496-12, 8.9.3 Sample Group Description Box"
 */
final class GroupDescriptions {
  static final GroupDescriptions NONE = new GroupDescriptions(Map.of());

  private final Map<Integer, Box> boxes;
  private final Map<Integer, Kind> read = new LinkedHashMap<>();

  /**
   * The groups of one kind.
   *
   * @param usual index of the one that samples belong to of which nothing is said, from 1, or 0
   */
  record Kind(int usual, List<Bytes> descriptions) {
    private static final Kind NONE = new Kind(0, List.of());
  }

  private GroupDescriptions(Map<Integer, Box> boxes) {
    this.boxes = boxes;
  }

  static GroupDescriptions of(Children parent) {
    List<Box> all = parent.all("sgpd");
    if (all.isEmpty()) {
      return NONE;
    }
    Map<Integer, Box> boxes = new LinkedHashMap<>();
    for (Box sgpd : all) {
      boxes.putIfAbsent(type(sgpd), sgpd);
    }
    return new GroupDescriptions(boxes);
  }

  /** The kind that {@code sgpd} or {@code sbgp} is about: four characters as a number. */
  static int type(Box box) {
    BoxReader in = again(box);
    in.skip(4);
    return in.i32();
  }

  /** A box is read once; these are looked at for each kind. */
  static BoxReader again(Box box) {
    return new BoxReader(box.toBytes(), box.offset()).box().body();
  }

  Set<Integer> types() {
    return boxes.keySet();
  }

  /**
   * @throws io.keymux.cpix.box.MalformedBoxException if the box cannot be read
   */
  Kind kind(int type) {
    Box box = boxes.get(type);
    if (box == null) {
      return Kind.NONE;
    }
    Kind known = read.get(type);
    if (known == null) {
      known = read(box);
      read.put(type, known);
    }
    return known;
  }

  private static Kind read(Box sgpd) {
    BoxReader in = again(sgpd);
    int version = in.i32() >>> 24;
    in.skip(4);
    long sharedLength = version >= 1 ? in.u32() : -1;
    int usual = version >= 2 ? in.i32() : 0;
    int count = in.count(version >= 1 && sharedLength == 0 ? 4 : 1, "sgpd entry");
    List<Bytes> descriptions = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      long length = sharedLength;
      if (version == 0) {
        // The length is known to those who know the kind: here entries share what there is.
        length = in.remaining() / left;
      } else if (sharedLength == 0) {
        length = in.u32();
      }
      if (length > in.remaining()) {
        throw in.malformed("sgpd entry of %d bytes".formatted(length));
      }
      descriptions.add(Bytes.copyOf(in.bytes((int) length, "sgpd entry")));
    }
    return new Kind(usual, List.copyOf(descriptions));
  }
}
