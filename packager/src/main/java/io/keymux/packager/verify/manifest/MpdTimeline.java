package io.keymux.packager.verify.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Counts the segments of a SegmentTimeline or of a constant duration.
 *
 * @param timescale at least 0; 0 is read as 1
 * @param offset presentationTimeOffset in ticks
 * @param periodSeconds negative if not known
 */
record MpdTimeline(long timescale, long offset, double periodSeconds) {
  /** About a year of seconds: more is an attack or an error. */
  static final int MAX_SEGMENTS = 40_000_000 / 100;

  /**
   * @param time for {@code $Time$}, in ticks
   * @param seconds or {@link DescribedSegment#UNKNOWN}
   */
  record Slot(long time, double seconds) {}

  /** Null if there are more than {@link #MAX_SEGMENTS}. */
  @Nullable List<Slot> ofElements(List<Element> elements) {
    List<Slot> slots = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < elements.size(); i++) {
      Element s = elements.get(i);
      time = Mpd.number(s, "t", time);
      long duration = Math.max(1, Mpd.number(s, "d", 1));
      long repeats = Mpd.number(s, "r", 0);
      if (s.getAttribute("r").strip().startsWith("-")) {
        long end =
            i + 1 < elements.size() && elements.get(i + 1).hasAttribute("t")
                ? Mpd.number(elements.get(i + 1), "t", time)
                : offset + Math.round(Math.max(0, periodSeconds) * ticksPerSecond());
        repeats = Math.max(0, (end - time + duration - 1) / duration - 1);
      }
      if (repeats >= MAX_SEGMENTS - slots.size()) {
        return null;
      }
      for (long n = 0; n <= repeats; n++) {
        slots.add(new Slot(time, (double) duration / ticksPerSecond()));
        time += duration;
      }
    }
    return slots;
  }

  /** Segments may differ from a constant duration by half of it, so their lengths are unknown. */
  @Nullable List<Slot> ofDuration(long duration) {
    if (duration == 0 || periodSeconds < 0) {
      return List.of(new Slot(0, DescribedSegment.UNKNOWN));
    }
    double count = Math.ceil(periodSeconds * ticksPerSecond() / duration - 1e-6);
    if (count > MAX_SEGMENTS) {
      return null;
    }
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(new Slot(i * duration, DescribedSegment.UNKNOWN));
    }
    return slots;
  }

  private long ticksPerSecond() {
    return Math.max(1, timescale);
  }
}
