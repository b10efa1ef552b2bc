package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.packager.isobmff.EventMessage;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.plan.TrackPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Holds the events of the segments against those of the input: each once, in its segment. */
final class EventCheck {
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  private final TrackPlan plan;
  private final PackagedTrack track;
  private final Consumer<Finding> findings;

  private EventCheck(TrackPlan plan, PackagedTrack track, Consumer<Finding> findings) {
    this.plan = plan;
    this.track = track;
    this.findings = findings;
  }

  /** An event that was found. */
  private record Found(int segment, EventMessage message) {}

  /**
   * @param emsg the boxes of each segment, without header
   */
  static void check(
      TrackPlan plan, PackagedTrack track, List<List<BoxReader>> emsg, Consumer<Finding> findings) {
    MediaTrack media = plan.source().media();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < emsg.size(); i++) {
      for (BoxReader box : emsg.get(i)) {
        found.add(new Found(i, read(box)));
      }
    }
    EventCheck check = new EventCheck(plan, track, findings);
    media.events().forEach(event -> check.find(event, found));
    if (!found.isEmpty()) {
      check.error("event-added", found.get(0).segment(), found.get(0).message());
    }
  }

  private static EventMessage read(BoxReader in) {
    in.skip(4);
    long timescale = in.u32();
    long time = in.i64();
    long duration = in.u32();
    long id = in.u32();
    String scheme = in.string();
    String value = in.string();
    Bytes data = Bytes.copyOf(in.bytes(in.remaining(), "event data"));
    return new EventMessage(scheme, value, timescale, time, duration, id, data);
  }

  private void find(EventMessage wanted, List<Found> found) {
    MediaTrack media = plan.source().media();
    long back = media.edit().delay() - plan.decodeTimeShift();
    BigDecimal seconds =
        seconds(wanted.time(), wanted.timescale()).subtract(seconds(back, media.timescale()));
    List<Segment> segments = track.segments();
    boolean before = seconds.doubleValue() < track.startSeconds();
    boolean behind = seconds.doubleValue() >= track.endSeconds();
    boolean toTheEnd =
        plan.segments().get(segments.size() - 1).endSample() == media.samples().count();
    if ((before && plan.firstNumber() > 1) || (behind && !toTheEnd)) {
      return;
    }
    for (Found at : found) {
      if (at.message().at(wanted.time()).equals(wanted) && isAt(at.message(), seconds)) {
        found.remove(at);
        Segment segment = segments.get(at.segment());
        double tick = 1.0 / wanted.timescale() + 1.0 / media.timescale();
        double start = (double) segment.start() / media.timescale() - tick;
        double end = (double) (segment.start() + segment.duration()) / media.timescale() + tick;
        boolean inside = seconds.doubleValue() >= start && seconds.doubleValue() <= end;
        if (!inside && !before && !behind) {
          error("event-misplaced", at.segment(), wanted);
        }
        return;
      }
    }
    error("event-lost", 0, wanted);
  }

  private static boolean isAt(EventMessage message, BigDecimal seconds) {
    BigDecimal shown = seconds(message.time(), message.timescale());
    BigDecimal wanted = seconds.max(BigDecimal.ZERO);
    return shown.subtract(wanted).abs().compareTo(seconds(2, message.timescale())) < 0;
  }

  private static BigDecimal seconds(long ticks, long timescale) {
    return BigDecimal.valueOf(ticks).divide(BigDecimal.valueOf(timescale), DIGITS);
  }

  private void error(String code, int segment, EventMessage event) {
    findings.accept(
        Finding.error(
            code,
            track.segments().get(segment).path(),
            "event %d of %s at %d ticks of 1/%d s"
                .formatted(event.id(), event.schemeIdUri(), event.time(), event.timescale())));
  }
}
