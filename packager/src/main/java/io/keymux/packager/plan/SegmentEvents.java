package io.keymux.packager.plan;

import io.keymux.packager.isobmff.EventMessage;
import io.keymux.packager.isobmff.MediaTrack;
import java.util.ArrayList;
import java.util.List;

/** Which events of an input stand in front of which segment of its output. */
public final class SegmentEvents {
  private SegmentEvents() {}

  /**
   * The events whose time lies in a segment, on the clock of the output. The first segment of a
   * track has also those from before it, the last those from behind it.
   *
   * @param segment index in the plan
   */
  public static List<EventMessage> of(TrackPlan plan, int segment) {
    MediaTrack media = plan.source().media();
    if (media.events().isEmpty()) {
      return List.of();
    }
    boolean first = segment == 0 && plan.firstNumber() == 1;
    SegmentPlan at = plan.segments().get(segment);
    boolean last = at.endSample() == media.samples().count();
    long shift = plan.decodeTimeShift() - media.edit().delay();
    List<EventMessage> events = new ArrayList<>();
    for (EventMessage event : media.events()) {
      long moved = EventMessage.convert(shift, media.timescale(), event.timescale());
      EventMessage shown = event.at(event.time() + moved);
      long ticks = shown.time(media.timescale());
      if ((first || ticks >= at.start()) && (last || ticks < at.start() + at.duration())) {
        events.add(shown);
      }
    }
    return events;
  }
}
