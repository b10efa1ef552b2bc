package io.keymux.packager.plan;

import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.text.TextCut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts all tracks of a job at the same times: at sync samples that every video rendition has, and
 * where audio has a sample boundary nearest to them.
 *
 * @see "ISO/IEC 23000-19, 7.3.4 CMAF switching sets"
 */
public final class SegmentPlanner {
  /** A segment with more bytes becomes several fragments, so that buffers stay small. */
  public static final int FRAGMENT_BYTES = 4 * 1024 * 1024;

  private final double segmentSeconds;
  private final List<TrackSource> tracks;

  private SegmentPlanner(double segmentSeconds, List<TrackSource> tracks) {
    this.segmentSeconds = segmentSeconds;
    this.tracks = tracks;
  }

  /**
   * @param segmentSeconds wanted duration in seconds; a segment ends at the first common sync
   *     sample at or after it
   * @return for each track, in order, its segments: all samples, each in exactly one
   */
  public static List<List<SegmentPlan>> plan(double segmentSeconds, List<TrackSource> tracks) {
    SegmentPlanner planner = new SegmentPlanner(segmentSeconds, tracks);
    double[] cuts = planner.cuts();
    return tracks.stream().map(track -> planner.segments(track, cuts)).toList();
  }

  /** Where text begins, is cut and ends, given all other tracks, on the clock of the inputs. */
  static TextCut.Span textSpan(double segmentSeconds, List<TrackSource> tracks, double start) {
    double end = tracks.stream().mapToDouble(SegmentPlanner::end).max().orElse(0);
    double[] cuts = new SegmentPlanner(segmentSeconds, tracks).cuts();
    return new TextCut.Span(Math.max(0, start), end, Arrays.stream(cuts).boxed().toList());
  }

  /** Start times of all segments but the first, in seconds of the presentation. */
  private double[] cuts() {
    List<TrackSource> videos =
        tracks.stream().filter(t -> t.media().type() == TrackType.VIDEO).toList();
    double[] cuts = new double[16];
    int count = 0;
    double last = start(videos.isEmpty() ? tracks.get(0) : videos.get(0));
    if (!videos.isEmpty()) {
      double tolerance = videos.stream().mapToDouble(SegmentPlanner::halfFrame).min().orElse(0);
      double[][] syncs = videos.stream().map(SegmentPlanner::syncTimes).toArray(double[][]::new);
      for (double time : syncs[0]) {
        if (time >= last + segmentSeconds - tolerance && inAll(syncs, time, tolerance)) {
          cuts = append(cuts, count++, time);
          last = time;
        }
      }
    }
    // Behind the last video frame, and without video, nothing binds the cuts but the clock.
    double end = tracks.stream().mapToDouble(SegmentPlanner::end).max().orElse(0);
    double videoEnd = videos.stream().mapToDouble(SegmentPlanner::end).max().orElse(last);
    for (double t = Math.max(last + segmentSeconds, videoEnd); t < end; t += segmentSeconds) {
      if (end - t > segmentSeconds / 10) {
        cuts = append(cuts, count++, t);
      }
    }
    return Arrays.copyOf(cuts, count);
  }

  private static boolean inAll(double[][] syncs, double time, double tolerance) {
    for (double[] times : syncs) {
      int at = Arrays.binarySearch(times, time);
      int after = at >= 0 ? at : -at - 1;
      boolean found =
          (after < times.length && times[after] - time <= tolerance)
              || (after > 0 && time - times[after - 1] <= tolerance);
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private List<SegmentPlan> segments(TrackSource track, double[] cuts) {
    SampleTable samples = track.media().samples();
    List<Integer> firsts = new ArrayList<>();
    firsts.add(0);
    // Text was cut where the media is; half of a long sample would reach the cut before.
    boolean text = track.media().type() == TrackType.TEXT;
    double half = text ? 0.51 / track.media().timescale() : halfFrame(track);
    int sample = 0;
    for (double cut : cuts) {
      int next = firstSyncAt(track, sample, cut - half);
      if (next < 0 || isBehindEditEnd(track, next)) {
        break;
      }
      if (next > sample) {
        firsts.add(next);
        sample = next;
      }
    }
    firsts.add(samples.count());
    List<SegmentPlan> plans = new ArrayList<>();
    long start = Math.max(0, earliest(track, firsts.get(0), firsts.get(1)));
    for (int i = 0; i + 1 < firsts.size(); i++) {
      int from = firsts.get(i);
      int to = firsts.get(i + 1);
      long end =
          i + 2 < firsts.size()
              ? Math.max(0, earliest(track, to, firsts.get(i + 2)))
              : latestEnd(track, from, to);
      long duration = Math.max(1, end - start);
      plans.add(new SegmentPlan(start, duration, fragments(track, from, to)));
      start += duration;
    }
    return plans;
  }

  private static int firstSyncAt(TrackSource track, int from, double seconds) {
    SampleTable samples = track.media().samples();
    int sample = samples.nextSync(from);
    while (sample >= 0 && presentation(track, sample) < seconds) {
      sample = samples.nextSync(sample + 1);
    }
    return sample;
  }

  /**
   * Samples that the edit list cuts off stay in the last segment: they have no time of their own.
   */
  private static boolean isBehindEditEnd(TrackSource track, int sample) {
    MediaTrack media = track.media();
    long start = media.samples().presentationTime(sample) + media.edit().shift();
    long edited = media.edit().duration();
    return edited != 0 && start >= media.edit().delay() + edited;
  }

  private static List<FragmentPlan> fragments(TrackSource track, int from, int to) {
    SampleTable samples = track.media().samples();
    SubsampleCodec codec = track.codec().subsamples();
    // Sync samples need nothing before them, and a player wants each alone.
    boolean pictures = track.details().picturesOf() != null;
    boolean whole = !pictures && codec != null && codec.needsWholeSegment();
    List<FragmentPlan> fragments = new ArrayList<>();
    int first = from;
    long bytes = 0;
    for (int i = from; i < to; i++) {
      int size = samples.size(i);
      boolean full = pictures || (!whole && bytes + size > FRAGMENT_BYTES);
      if (i > first && (full || bytes + size > Integer.MAX_VALUE - 64)) {
        fragments.add(new FragmentPlan(first, i, (int) bytes));
        first = i;
        bytes = 0;
      }
      bytes += size;
    }
    fragments.add(new FragmentPlan(first, to, (int) bytes));
    return fragments;
  }

  private static double[] syncTimes(TrackSource track) {
    SampleTable samples = track.media().samples();
    double[] times = new double[samples.syncCount()];
    int count = 0;
    for (int i = samples.nextSync(0); i >= 0; i = samples.nextSync(i + 1)) {
      times[count++] = presentation(track, i);
    }
    Arrays.sort(times);
    return times;
  }

  private static double start(TrackSource track) {
    int end = Math.min(track.media().samples().count(), 64);
    return (double) earliest(track, 0, end) / track.media().timescale();
  }

  private static double end(TrackSource track) {
    int count = track.media().samples().count();
    return (double) latestEnd(track, Math.max(0, count - 64), count) / track.media().timescale();
  }

  /** In ticks, edit list applied; negative before the presentation starts. */
  private static long earliest(TrackSource track, int from, int to) {
    long earliest = Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      earliest = Math.min(earliest, track.media().samples().presentationTime(i));
    }
    return earliest + track.media().edit().shift();
  }

  private static long latestEnd(TrackSource track, int from, int to) {
    MediaTrack media = track.media();
    SampleTable samples = media.samples();
    long latest = 0;
    for (int i = from; i < to; i++) {
      latest = Math.max(latest, samples.presentationTime(i) + samples.duration(i));
    }
    long end = latest + media.edit().shift();
    long edited = media.edit().duration();
    return edited == 0 ? end : Math.min(end, media.edit().delay() + edited);
  }

  private static double presentation(TrackSource track, int sample) {
    MediaTrack media = track.media();
    return (double) (media.samples().presentationTime(sample) + media.edit().shift())
        / media.timescale();
  }

  private static double halfFrame(TrackSource track) {
    SampleTable samples = track.media().samples();
    long ticks = samples.decodeTime(samples.count()) - samples.decodeTime(0);
    return (double) ticks / samples.count() / track.media().timescale() / 2;
  }

  private static double[] append(double[] values, int count, double value) {
    double[] grown = count < values.length ? values : Arrays.copyOf(values, count * 2);
    grown[count] = value;
    return grown;
  }
}
