package io.keymux.packager.plan;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of all tracks, and the key period of each. Known before any key is.
 *
 * @param tracks one for each track, in order
 * @param keyPeriods how many sets of keys the job needs, at least 1
 */
public record KeyTimeline(List<SegmentTimeline> tracks, int keyPeriods) {
  public KeyTimeline {
    tracks = List.copyOf(tracks);
  }

  /**
   * Cuts all tracks and lays the job's schedule over them.
   *
   * @throws DrmException with code {@code clear-lead-too-long} if nothing would be encrypted
   */
  public static KeyTimeline of(PackagingJob job, List<TrackSource> sources) {
    List<SegmentTimeline> tracks = SegmentTimeline.of(job.segmentSeconds(), sources);
    KeySchedule schedule = job.protection().schedule();
    int last = KeySchedule.CLEAR;
    for (int i = 0; i < tracks.size(); i++) {
      List<SegmentPlan> segments = tracks.get(i).segments();
      SegmentPlan end = segments.get(segments.size() - 1);
      last = Math.max(last, keyPeriod(schedule, sources.get(i), end));
    }
    if (last == KeySchedule.CLEAR) {
      throw new DrmException(
          Blame.CALLER,
          "clear-lead-too-long",
          "With a clear lead of %s s no segment is encrypted."
              .formatted(schedule.clearLeadSeconds()),
          "Use a clear lead that ends before the last segment starts.");
    }
    return new KeyTimeline(tracks, last + 1);
  }

  /** The key period of each segment of a track, from 0, or {@link KeySchedule#CLEAR}. */
  List<Integer> keyPeriods(KeySchedule schedule, TrackSource source, SegmentTimeline track) {
    List<Integer> periods = new ArrayList<>();
    for (SegmentPlan segment : track.segments()) {
      periods.add(keyPeriod(schedule, source, segment));
    }
    return periods;
  }

  private static int keyPeriod(KeySchedule schedule, TrackSource source, SegmentPlan segment) {
    return schedule.keyPeriod((double) segment.start() / source.media().timescale());
  }
}
