package io.keymux.packager.plan;

import java.util.List;

/**
 * One segment: starts with a sync sample, in time with the segments of all other renditions.
 *
 * @param start presentation time in ticks of the track's timescale, edit list applied; at least 0
 * @param duration in ticks of the track's timescale, at least 1
 * @param fragments at least one
 */
public record SegmentPlan(long start, long duration, List<FragmentPlan> fragments) {
  public SegmentPlan {
    fragments = List.copyOf(fragments);
  }

  public int firstSample() {
    return fragments.get(0).firstSample();
  }

  public int endSample() {
    return fragments.get(fragments.size() - 1).endSample();
  }
}
