package io.keymux.packager.plan;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The segments of all tracks, and the key period of each. Known before any key is.
 *
 * @param tracks one for each track, in order
 * @param periods of each track's segments: counted from 0 without a gap, or {@link
 *     KeySchedule#CLEAR}
 * @param keyPeriods how many sets of keys the job needs; 0 if nothing is encrypted
 */
public record KeyTimeline(
    List<SegmentTimeline> tracks, List<List<Integer>> periods, int keyPeriods) {
  public KeyTimeline {
    tracks = List.copyOf(tracks);
    periods = List.copyOf(periods);
  }

  /**
   * Cuts all tracks and lays the job's schedule over them. Periods in which no segment starts, as
   * segments are longer, are passed over: they need no key.
   *
   * @throws DrmException with code {@code clear-lead-too-long} if nothing would be encrypted
   */
  public static KeyTimeline of(PackagingJob job, List<TrackSource> sources) {
    List<SegmentTimeline> tracks = SegmentTimeline.of(job.segmentSeconds(), sources);
    KeySchedule schedule = job.protection().schedule();
    List<List<Integer>> scheduled = new ArrayList<>();
    TreeSet<Integer> used = new TreeSet<>();
    for (int i = 0; i < tracks.size(); i++) {
      int timescale = sources.get(i).media().timescale();
      List<Integer> periods =
          tracks.get(i).segments().stream()
              .map(segment -> schedule.keyPeriod((double) segment.start() / timescale))
              .toList();
      scheduled.add(periods);
      used.addAll(periods);
    }
    used.remove(KeySchedule.CLEAR);
    if (used.isEmpty() && schedule.encrypts()) {
      throw new DrmException(
          Blame.CALLER,
          "clear-lead-too-long",
          "With a clear lead of %s s no segment is encrypted."
              .formatted(schedule.clearLeadSeconds()),
          "Use a clear lead that ends before the last segment starts.");
    }
    List<Integer> order = List.copyOf(used);
    return new KeyTimeline(
        tracks,
        // What is not in the order is clear, and -1 says so in both.
        scheduled.stream().map(p -> p.stream().map(order::indexOf).toList()).toList(),
        order.size());
  }
}
