package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the {@code emsg} boxes of a movie. Those of version 0 count from the segment that they
 * stand in front of: from the earliest picture of the next fragment.
 */
final class EventReader {
  private static final long MAX_BYTES = 64 << 20;

  private final List<Draft> drafts = new ArrayList<>();
  private @Nullable TrackDraft main;
  private int resolved;
  private int samplesBefore;
  private long bytes;

  /** An event whose time counts from {@code start} in the media, if there is one. */
  private record Draft(EventMessage message, boolean relative, long start) {}

  /** The first video track, else the first of sound, is the one that events belong to. */
  void tracks(Iterable<TrackDraft> tracks) {
    for (TrackDraft track : tracks) {
      TrackDraft best = main;
      if (track.type() == TrackType.VIDEO
          ? best == null || best.type() != TrackType.VIDEO
          : best == null && track.type() == TrackType.AUDIO) {
        main = track;
      }
    }
  }

  void read(Box emsg) {
    BoxReader in = emsg.body();
    int version = in.i32() >>> 24;
    if (version > 1) {
      return;
    }
    bytes += in.remaining();
    if (bytes > MAX_BYTES) {
      throw new MalformedBoxException(
          emsg.offset(), "events of more than %d bytes".formatted(MAX_BYTES));
    }
    String scheme = version == 0 ? in.string() : "";
    String value = version == 0 ? in.string() : "";
    long timescale = in.u32();
    long time = version == 0 ? in.u32() : in.u64("event time");
    long duration = in.u32();
    long id = in.u32();
    if (version == 1) {
      scheme = in.string();
      value = in.string();
    }
    if (timescale == 0) {
      throw new MalformedBoxException(emsg.offset(), "event timescale 0");
    }
    Bytes data = Bytes.copyOf(in.bytes(in.remaining(), "event data"));
    EventMessage message = new EventMessage(scheme, value, timescale, time, duration, id, data);
    drafts.add(new Draft(message, version == 0, 0));
  }

  /** A fragment begins. */
  void beforeFragment() {
    samplesBefore = main == null ? 0 : main.samples().count();
  }

  /** Its samples are there: events in front of it are resolved. */
  void afterFragment() {
    if (main == null || resolved == drafts.size() || main.samples().count() == samplesBefore) {
      return;
    }
    long start = main.samples().earliestPresentation(samplesBefore);
    for (; resolved < drafts.size(); resolved++) {
      Draft draft = drafts.get(resolved);
      drafts.set(resolved, new Draft(draft.message(), draft.relative(), start));
    }
  }

  /** The tracks, of which those that events belong to have them. */
  List<MediaTrack> addTo(List<MediaTrack> tracks) {
    TrackDraft of = main;
    if (of == null || drafts.isEmpty()) {
      return tracks;
    }
    List<EventMessage> events = new ArrayList<>();
    for (MediaTrack track : tracks) {
      if (track.trackId() == of.trackId()) {
        drafts.forEach(draft -> events.add(resolve(draft, track)));
      }
    }
    return tracks.stream()
        .map(track -> track.type() == of.type() ? track.with(events) : track)
        .toList();
  }

  private static EventMessage resolve(Draft draft, MediaTrack track) {
    EventMessage message = draft.message();
    if (!draft.relative()) {
      return message;
    }
    long start = draft.start() + track.edit().shift();
    long from = EventMessage.convert(start, track.timescale(), message.timescale());
    return message.at(from + message.time());
  }
}
