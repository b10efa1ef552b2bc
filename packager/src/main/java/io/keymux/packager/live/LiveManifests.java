package io.keymux.packager.live;

import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.dash.MpdWriter;
import io.keymux.packager.hls.HlsWriter;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.LiveTiming;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The manifests of a live stream, fed segment by segment: HLS playlists and an MPD of the
 * time-shift window. Where to publish what, it says itself.
 *
 * <pre>
 * String path = manifests.nextPath("video");       // video/seg-17.m4s
 * publish(path, segment.bytes());
 * manifests.add("video", segment.info());
 * manifests.write(Instant.now()).forEach(this::publish);
 * </pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class LiveManifests {
  private final LiveSettings settings;
  private final Map<String, LiveWindow> windows = new LinkedHashMap<>();
  private final Map<Integer, Long> periodStarts = new HashMap<>();
  private final Map<String, TrackDetails> details = new HashMap<>();
  private boolean ended;

  LiveManifests(LiveSettings settings, Map<String, LiveRendition> renditions) {
    this.settings = settings;
    renditions.forEach(
        (name, rendition) -> {
          windows.put(name, new LiveWindow(name, rendition, settings));
          details.put(
              name,
              TrackDetails.of(
                  rendition.tracks().get(0).codec(), Selection.NONE, PlaybackPolicy.NONE));
        });
  }

  /**
   * Where the init segment of a key period is to be published, relative to the manifests.
   *
   * @param keyPeriod as {@link SegmentInfo} says it
   */
  public String initPath(String rendition, int keyPeriod) {
    return window(rendition).initPath(keyPeriod);
  }

  /** Where the next segment of a rendition is to be published, relative to the manifests. */
  public String nextPath(String rendition) {
    return window(rendition).nextPath();
  }

  /**
   * Takes a segment that has been published at {@link #nextPath}.
   *
   * @throws io.keymux.cpix.DrmException with code {@code live-segment-too-long} if the target
   *     duration of the playlists, which may not change, does not hold for it
   */
  public void add(String rendition, SegmentInfo segment) {
    LiveWindow window = window(rendition);
    window.add(segment);
    int part = window.part(segment.keyPeriod());
    periodStarts.merge(part, part == 0 ? 0 : Math.round(segment.startSeconds() * 1e6), Math::min);
  }

  /** No segment will follow. */
  public void end() {
    ended = true;
  }

  /**
   * All manifests by path; each refers only to what was added, and to manifests before it. Empty as
   * long as a rendition has no segment.
   *
   * <p>A Period that has been published keeps its start and its AdaptationSets (ISO/IEC 23009-1,
   * 5.4.1), so the MPD names one only while all renditions are in it: it comes when the last
   * rendition has reached it and goes when the first has left it. A rendition that is behind by the
   * whole window is not waited for.
   *
   * @param now for players that start by the time
   */
  public Map<String, String> write(Instant now) {
    if (windows.values().stream().anyMatch(LiveWindow::isEmpty)) {
      return Map.of();
    }
    int oldest = parts(LiveWindow::firstPart).getMin();
    periodStarts.keySet().removeIf(part -> part < oldest);
    List<PackagedTrack> tracks = new ArrayList<>();
    Map<String, Integer> discontinuities = new HashMap<>();
    windows.forEach(
        (name, window) -> {
          tracks.addAll(window.tracks(details.getOrDefault(name, TrackDetails.PLAIN)));
          discontinuities.put(name, window.discontinuitiesBefore());
        });
    tracks.sort(
        Comparator.comparingInt(PackagedTrack::part)
            .thenComparing(t -> t.track().type() == TrackType.VIDEO ? 0 : 1));
    Presentation window = new Presentation(Layout.SEGMENTS, settings.segmentSeconds(), tracks);
    LiveTiming timing =
        new LiveTiming(
            settings.start(),
            now,
            settings.windowSeconds(),
            settings.segmentSeconds(),
            ended,
            periodStarts,
            discontinuities,
            settings.clock());
    Map<String, String> manifests = new LinkedHashMap<>(HlsWriter.writeLive(window, timing));
    manifests.put(MpdWriter.PATH, MpdWriter.writeLive(shared(window), timing));
    return manifests;
  }

  /** Of the window, the parts that all renditions are in. */
  private Presentation shared(Presentation window) {
    IntSummaryStatistics lasts = parts(LiveWindow::lastPart);
    int first = parts(LiveWindow::firstPart).getMax();
    int last = ended || lasts.getMin() < first ? lasts.getMax() : lasts.getMin();
    return new Presentation(
        window.layout(),
        window.segmentSeconds(),
        window.tracks().stream().filter(t -> first <= t.part() && t.part() <= last).toList());
  }

  private IntSummaryStatistics parts(ToIntFunction<LiveWindow> of) {
    return windows.values().stream().mapToInt(of).summaryStatistics();
  }

  private LiveWindow window(String rendition) {
    LiveWindow window = windows.get(rendition);
    if (window == null) {
      throw new IllegalArgumentException("no rendition " + rendition + " in " + windows.keySet());
    }
    return window;
  }

  /** Of a rendition, as manifests name it. */
  static Track track(String name, LiveRendition rendition) {
    Track first = rendition.tracks().get(0).track();
    List<String> codecs =
        rendition.tracks().stream().map(t -> t.track().codecs()).distinct().toList();
    return new Track(
        name,
        first.type(),
        Set.of(name),
        first.language(),
        String.join(",", codecs),
        first.bitrate(),
        first.width(),
        first.height(),
        first.frameRate(),
        first.hdr(),
        first.wcg(),
        first.channels(),
        first.sampleRate());
  }
}
