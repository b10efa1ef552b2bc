package io.keymux.packager.write;

import io.keymux.packager.media.ByteRange;
import org.jspecify.annotations.Nullable;

/**
 * Where the first sample of each segment of a track lies, with the {@code moof} before it: what a
 * player needs to show that picture alone. Threads set different segments; it is read when they
 * have ended.
 *
 * @see "RFC 8216, 4.3.3.6 EXT-X-I-FRAMES-ONLY"
 */
final class KeyFrames {
  private final int[] start;
  private final int[] length;

  KeyFrames(int segments) {
    this.start = new int[segments];
    this.length = new int[segments];
  }

  /**
   * @param startInSegment of the {@code moof}, in bytes
   * @param bytes up to the end of the sample
   */
  void set(int segment, int startInSegment, int bytes) {
    start[segment] = startInSegment;
    length[segment] = bytes;
  }

  /**
   * @param segmentStart in the file
   * @return the range in the file, or null if the segment does not start with a picture that can be
   *     shown alone
   */
  @Nullable ByteRange range(int segment, long segmentStart) {
    return length[segment] == 0
        ? null
        : new ByteRange(segmentStart + start[segment], length[segment]);
  }
}
