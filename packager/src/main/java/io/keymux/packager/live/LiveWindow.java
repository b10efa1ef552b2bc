package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.Track;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackDetails;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The segments of one rendition that can be played now. */
final class LiveWindow {
  private final String name;
  private final LiveRendition rendition;
  private final Track track;
  private final int timescale;
  private final double windowSeconds;
  private final double longestSeconds;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private int nextNumber = 1;
  private int discontinuitiesBefore;

  /**
   * @param discontinuous whether a player is told that it does not go on from the one before
   */
  private record Entry(int part, Segment segment, boolean discontinuous) {}

  LiveWindow(String name, LiveRendition rendition, LiveSettings settings) {
    this.name = name;
    this.rendition = rendition;
    this.track = LiveManifests.track(name, rendition);
    this.timescale = rendition.tracks().get(0).init().timescale();
    this.windowSeconds = settings.windowSeconds();
    this.longestSeconds = Math.max(1, Math.round(settings.segmentSeconds())) + 0.5;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Of its segments, of which there must be one. */
  int firstPart() {
    return entries.getFirst().part();
  }

  /** Of its segments, of which there must be one. */
  int lastPart() {
    return entries.getLast().part();
  }

  int part(int keyPeriod) {
    return rendition.initPeriod(keyPeriod);
  }

  String initPath(int keyPeriod) {
    return "%s/init-%d.mp4".formatted(name, part(keyPeriod) + 1);
  }

  String nextPath() {
    return "%s/seg-%d.m4s".formatted(name, nextNumber);
  }

  int discontinuitiesBefore() {
    return discontinuitiesBefore;
  }

  void add(SegmentInfo info) {
    if (info.durationSeconds() >= longestSeconds) {
      throw new DrmException(
          Blame.CALLER,
          "live-segment-too-long",
          String.format(
              Locale.ROOT,
              "Segment %d of %s lasts %.3f s; the playlists promise less than %.1f s.",
              nextNumber,
              name,
              info.durationSeconds(),
              longestSeconds),
          "Set segmentSeconds to the longest segment, or make segments as long as promised.");
    }
    int part = part(info.keyPeriod());
    Entry last = entries.peekLast();
    boolean discontinuous =
        last != null
            && (last.part() != part
                || (last.segment().protection() == null && info.protection() != null));
    entries.addLast(
        new Entry(
            part,
            new Segment(
                nextNumber,
                nextPath(),
                new ByteRange(0, info.bytes()),
                info.start(),
                info.duration(),
                info.protection(),
                List.of()),
            discontinuous));
    nextNumber++;
    shrink(info.start() + info.duration());
  }

  /** A segment leaves when all of it lies before the window. */
  private void shrink(long end) {
    long first = end - Math.round(windowSeconds * timescale);
    while (entries.size() > 1) {
      Segment oldest = entries.getFirst().segment();
      if (oldest.start() + oldest.duration() > first) {
        return;
      }
      entries.removeFirst();
      discontinuitiesBefore += entries.getFirst().discontinuous() ? 1 : 0;
    }
  }

  /** One for each init segment. */
  List<PackagedTrack> tracks(TrackDetails details) {
    List<PackagedTrack> tracks = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    @Nullable Entry before = null;
    for (Entry entry : entries) {
      if (before != null && before.part() != entry.part()) {
        tracks.add(packaged(before.part(), segments, details));
        segments = new ArrayList<>();
      }
      segments.add(entry.segment());
      before = entry;
    }
    if (before != null) {
      tracks.add(packaged(before.part(), segments, details));
    }
    return tracks;
  }

  private PackagedTrack packaged(int part, List<Segment> segments, TrackDetails details) {
    return new PackagedTrack(
        track,
        details,
        part,
        timescale,
        "%s/init-%d.mp4".formatted(name, part + 1),
        new ByteRange(0, 0),
        null,
        segments);
  }
}
