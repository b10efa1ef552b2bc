package io.keymux.packager.dash;

import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and times of a track's segment files: a name pattern with {@code $Number$}, and runs of
 * equal durations.
 *
 * @see "ISO/IEC 23009-1, 5.3.9.6 Segment timeline"
 */
record SegmentTemplate(PackagedTrack track, String media, List<Run> timeline) {

  /**
   * An S element.
   *
   * @param repeats the number of segments, less one
   * @param gap whether the run does not start where the one before it ends
   */
  record Run(long start, long duration, int repeats, boolean gap) {}

  static SegmentTemplate of(PackagedTrack track) {
    return new SegmentTemplate(track, mediaPattern(track), runs(track.segments()));
  }

  // A dollar sign in a name cannot be mistaken for an identifier: RelativeUrl encodes it.
  private static String mediaPattern(PackagedTrack track) {
    Segment first = track.segments().get(0);
    String url = RelativeUrl.of(first.path());
    String number = Integer.toString(first.number());
    for (int at = url.lastIndexOf(number); at >= 0; at = url.lastIndexOf(number, at - 1)) {
      String before = url.substring(0, at);
      String after = url.substring(at + number.length());
      if (isPattern(track, before, after)) {
        return before + "$Number$" + after;
      }
      if (at == 0) {
        break;
      }
    }
    throw new IllegalArgumentException(
        "the segments of %s have no number in the manner of %s"
            .formatted(track.track().name(), first.path()));
  }

  private static boolean isPattern(PackagedTrack track, String before, String after) {
    int next = track.segments().get(0).number();
    for (Segment segment : track.segments()) {
      if (segment.number() != next
          || !RelativeUrl.of(segment.path()).equals(before + next + after)) {
        return false;
      }
      next++;
    }
    return true;
  }

  private static List<Run> runs(List<Segment> segments) {
    List<Run> runs = new ArrayList<>();
    long expectedStart = 0;
    for (Segment segment : segments) {
      boolean gap = segment.start() != expectedStart;
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && !gap && last.duration() == segment.duration()) {
        runs.set(
            runs.size() - 1,
            new Run(last.start(), last.duration(), last.repeats() + 1, last.gap()));
      } else {
        runs.add(new Run(segment.start(), segment.duration(), 0, gap));
      }
      expectedStart = segment.start() + segment.duration();
    }
    return runs;
  }

  /**
   * @param offset presentation time at which the Period starts, in ticks
   */
  void write(XmlWriter xml, long offset) {
    xml.element(
        "SegmentTemplate",
        () ->
            xml.attribute("timescale", track.timescale())
                .attribute("presentationTimeOffset", offset)
                .attribute("initialization", RelativeUrl.of(track.initPath()))
                .attribute("media", media)
                .attribute("startNumber", track.segments().get(0).number())
                .element("SegmentTimeline", () -> timeline.forEach(run -> writeRun(xml, run))));
  }

  private static void writeRun(XmlWriter xml, Run run) {
    xml.element(
        "S",
        () -> {
          if (run.gap()) {
            xml.attribute("t", run.start());
          }
          xml.attribute("d", run.duration());
          if (run.repeats() > 0) {
            xml.attribute("r", run.repeats());
          }
        });
  }
}
