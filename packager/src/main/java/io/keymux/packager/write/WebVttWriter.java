package io.keymux.packager.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.packager.job.CancelToken;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackFiles;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import io.keymux.packager.text.WebVtt;
import io.keymux.packager.text.WebVttSegment;
import io.keymux.packager.text.WvttReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Writes text tracks as files of WebVTT, one for each segment, with the segments' numbers. */
public final class WebVttWriter {
  private final StagedOutput output;
  private final long mpegts;
  private final CancelToken cancel;
  private final IdentityHashMap<TrackSource, WebVtt> documents = new IdentityHashMap<>();

  /**
   * @param mpegts where the presentation's time 0 lies on the 90 kHz clock of the media
   */
  public WebVttWriter(StagedOutput output, long mpegts, CancelToken cancel) {
    this.output = output;
    this.mpegts = mpegts;
    this.cancel = cancel;
  }

  /**
   * Writes {@code <track>/seg-<n>.vtt} for each segment of each track.
   *
   * @param tracks of {@code wvtt}
   * @return the tracks in order, without init segments
   * @throws io.keymux.cpix.DrmException if samples cannot be read, the output not be written, or
   *     the job is cancelled
   */
  public List<PackagedTrack> write(List<TrackPlan> tracks) throws InterruptedException {
    List<PackagedTrack> written = new ArrayList<>();
    for (TrackPlan plan : tracks) {
      TrackSource source = plan.source();
      WebVtt document =
          documents.computeIfAbsent(
              source, s -> WvttReader.read(s.media(), s.source(), shift(plan)));
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < plan.segments().size(); i++) {
        cancel.check();
        segments.add(segment(plan, i, document));
      }
      written.add(
          new PackagedTrack(
              source.track(),
              source.details(),
              plan.part(),
              source.media().timescale(),
              "",
              new ByteRange(0, 0),
              null,
              segments));
    }
    return written;
  }

  private Segment segment(TrackPlan plan, int index, WebVtt document) {
    SegmentPlan segment = plan.segments().get(index);
    int timescale = plan.source().media().timescale();
    long from = millis(segment.start(), timescale);
    long to = Math.max(from + 1, millis(segment.start() + segment.duration(), timescale));
    String text = WebVttSegment.text(document, from, to, mpegts);
    String path = TrackFiles.webVtt(plan, index);
    output.write(path, text);
    return new Segment(
        plan.firstNumber() + index,
        path,
        new ByteRange(0, text.getBytes(UTF_8).length),
        segment.start(),
        segment.duration(),
        null,
        List.of());
  }

  /** The edit list is applied: text has no other place for it. */
  private static long shift(TrackPlan plan) {
    return plan.decodeTimeShift() - plan.source().media().edit().mediaTime();
  }

  private static long millis(long ticks, int timescale) {
    return ticks / timescale * 1000 + (ticks % timescale * 1000 + timescale / 2) / timescale;
  }
}
