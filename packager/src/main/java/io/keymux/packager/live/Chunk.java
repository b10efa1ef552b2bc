package io.keymux.packager.live;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code moof} of a segment, and the media behind it up to the next one. Reused.
 *
 * @see "ISO/IEC 23000-19, 7.3.2.3 CMAF chunk"
 */
final class Chunk {
  int moof;
  int moofEnd;

  /** Where the next chunk begins, or the segment ends. */
  int end;

  private final List<TrackFragment> fragments = new ArrayList<>();
  private int count;

  void reset(int start, int behindMoof) {
    moof = start;
    moofEnd = behindMoof;
    end = behindMoof;
    count = 0;
  }

  TrackFragment append(int start, int fragmentEnd) {
    if (count == fragments.size()) {
      fragments.add(new TrackFragment());
    }
    TrackFragment fragment = fragments.get(count++);
    fragment.reset(start, fragmentEnd);
    return fragment;
  }

  int fragments() {
    return count;
  }

  TrackFragment fragment(int index) {
    return fragments.get(index);
  }
}
