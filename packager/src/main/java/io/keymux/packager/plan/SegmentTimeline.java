package io.keymux.packager.plan;

import io.keymux.packager.text.TextCut;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of one track on the presentation's clock, which starts at 0 even where the inputs
 * start later.
 *
 * @param decodeTimeShift what is added to the input's decode times for {@code tfdt}, in ticks
 */
public record SegmentTimeline(long decodeTimeShift, List<SegmentPlan> segments) {

  /** One timeline for each track, in order. */
  static List<SegmentTimeline> of(double segmentSeconds, List<TrackSource> tracks) {
    List<List<SegmentPlan>> plans = SegmentPlanner.plan(segmentSeconds, tracks);
    double begin = beginSeconds(tracks, plans);
    List<SegmentTimeline> timelines = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      TrackSource track = tracks.get(i);
      long back = begin <= 0 ? 0 : (long) Math.floor(begin * track.media().timescale());
      timelines.add(
          new SegmentTimeline(
              track.media().edit().delay() - back,
              plans.get(i).stream()
                  .map(s -> new SegmentPlan(s.start() - back, s.duration(), s.fragments()))
                  .toList()));
    }
    return timelines;
  }

  /** Where text begins, is cut and ends, given all other tracks, on the clock of the inputs. */
  static TextCut.Span textSpan(double segmentSeconds, List<TrackSource> tracks) {
    List<List<SegmentPlan>> plans = SegmentPlanner.plan(segmentSeconds, tracks);
    return SegmentPlanner.textSpan(segmentSeconds, tracks, beginSeconds(tracks, plans));
  }

  /** Of the presentation: to the end of its longest track, from 0 on. */
  static double durationSeconds(double segmentSeconds, List<TrackSource> tracks) {
    double end = 0;
    List<SegmentTimeline> timelines = of(segmentSeconds, tracks);
    for (int i = 0; i < timelines.size(); i++) {
      List<SegmentPlan> segments = timelines.get(i).segments();
      SegmentPlan last = segments.get(segments.size() - 1);
      end =
          Math.max(
              end, (double) (last.start() + last.duration()) / tracks.get(i).media().timescale());
    }
    return end;
  }

  private static double beginSeconds(List<TrackSource> tracks, List<List<SegmentPlan>> plans) {
    double begin = Double.MAX_VALUE;
    for (int i = 0; i < tracks.size(); i++) {
      begin = Math.min(begin, beginSeconds(tracks.get(i), plans.get(i)));
    }
    return begin;
  }

  /** Neither presentation nor decode times may become negative. */
  private static double beginSeconds(TrackSource track, List<SegmentPlan> segments) {
    long decode = track.media().samples().decodeTime(0) + track.media().edit().delay();
    return (double) Math.min(decode, segments.get(0).start()) / track.media().timescale();
  }
}
