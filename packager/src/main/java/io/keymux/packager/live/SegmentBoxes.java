package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;

/**
 * The boxes of a segment in memory, read in place: nothing is copied or made for a box.
 *
 * <p>Offsets in messages count from the start of the segment.
 */
final class SegmentBoxes {
  private byte[] bytes = new byte[0];
  private int from;
  private int to;

  /** Turns to another array. */
  void reset(byte[] newBytes, int start, int end) {
    bytes = newBytes;
    from = start;
    to = end;
  }

  /** Whether bytes of the array belong to the segment; also asked of none at all. */
  boolean holds(long start, long end) {
    return start >= from && end <= to;
  }

  int u32(int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  long u64(int at) {
    return Integer.toUnsignedLong(u32(at)) << 32 | Integer.toUnsignedLong(u32(at + 4));
  }

  int type(int box) {
    return u32(box + 4);
  }

  /** Where the content of a box begins. */
  int body(int box) {
    return u32(box) == 1 ? box + 16 : box + 8;
  }

  /**
   * Where a box ends.
   *
   * @param limit where what it lies in ends
   * @throws MalformedBoxException if it does not fit
   */
  int end(int box, int limit) {
    if (limit - box < 8) {
      throw malformed(box, "%d bytes, too few for a box".formatted(limit - box));
    }
    long size = Integer.toUnsignedLong(u32(box));
    int header = 8;
    if (size == 1) {
      header = 16;
      size = limit - box < 16 ? 0 : u64(box + 8);
    } else if (size == 0) {
      size = (long) limit - box;
    }
    if (size < header || size > limit - box) {
      throw malformed(
          box,
          "box %s says %d bytes where %d are left"
              .formatted(FourCc.name(type(box)), size, limit - box));
    }
    return box + (int) size;
  }

  /** Holds that a box has so much content. */
  void require(int box, int end, int bytesOfBody) {
    if (end - body(box) < bytesOfBody) {
      throw malformed(
          box,
          "box %s has %d bytes, %d are due"
              .formatted(FourCc.name(type(box)), end - body(box), bytesOfBody));
    }
  }

  MalformedBoxException malformed(int at, String what) {
    return new MalformedBoxException(at - from, what);
  }

  DrmException unsupported(int at, String what, String remedy) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "segment-unsupported",
        "Byte offset %d of the segment: %s.".formatted(at - from, what),
        remedy);
  }
}
