package io.keymux.packager.text;

import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.OverlaySource;
import io.keymux.packager.isobmff.EditList;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fits a text track to the media: it covers the whole presentation, and a sample ends wherever a
 * segment of the media does. A sample that is cut is repeated, as a cue that goes on over samples
 * is; what lies outside of the media, where nobody can see it, is left out.
 *
 * <p>A track that fits already is not touched.
 */
public final class TextCut {
  private static final double ROUNDING = 1e-6;

  private final MediaTrack track;
  private final MediaSource source;
  private final @Nullable TtmlDocument ttml;
  private final long[] cuts;
  private final long start;
  private final long end;
  private final long shift;
  private final SampleList out;
  private boolean changed;
  private int leftOut;
  private int nextSourceId = -1;

  private TextCut(
      MediaTrack track,
      MediaSource source,
      @Nullable TtmlDocument ttml,
      Span span,
      boolean fromStart) {
    this.track = track;
    this.source = source;
    this.ttml = ttml;
    this.start = (long) Math.ceil(span.start * track.timescale() - ROUNDING);
    this.end = (long) Math.floor(span.end * track.timescale() + ROUNDING);
    this.cuts = span.cuts.stream().mapToLong(s -> Math.round(s * track.timescale())).toArray();
    this.out = new SampleList(source.name(), source.size(), start);
    this.shift = (fromStart ? start : 0) + track.edit().shift();
  }

  /**
   * The media that a text track belongs to, in seconds on the clock of the inputs.
   *
   * @param start of the presentation, at least 0
   * @param end of the longest track
   * @param cuts the starts of all segments but the first, rising
   */
  public record Span(double start, double end, List<Double> cuts) {
    public Span {
      cuts = List.copyOf(cuts);
    }
  }

  /**
   * A text track that fits.
   *
   * @param source of its samples; closes the source that was given
   * @param leftOut how many samples lie outside of the media
   */
  public record Result(MediaTrack track, MediaSource source, int leftOut) {}

  /** Fits a track of a movie. */
  public static Result fit(MediaTrack track, MediaSource source, Span span) {
    return new TextCut(track, source, null, span, false).fit();
  }

  /** Fits the track of a file of text. */
  public static Result fit(TextFile file, Span span) {
    MediaTrack track = file.movie().tracks().get(0);
    return new TextCut(track, file.source(), file.ttml(), span, !file.mediaTimes()).fit();
  }

  private Result fit() {
    SampleTable table = track.samples();
    changed = shift != 0;
    for (int i = 0; i < table.count(); i++) {
      long from = Math.max(table.presentationTime(i) + shift, out.end());
      long whole = table.presentationTime(i) + shift + table.duration(i);
      long to = Math.min(whole, end);
      changed |= to != whole || from != table.presentationTime(i) + shift;
      if (to > from) {
        pad(from);
        pieces(i, from, to);
      } else if (!isEmpty(i)) {
        leftOut++;
      }
    }
    pad(end);
    if (!changed) {
      return new Result(track, source, 0);
    }
    MediaTrack fitted = track.with(EditList.NONE, out.table());
    return new Result(fitted, new OverlaySource(source, out.added()), leftOut);
  }

  /** Shows nothing up to an instant. */
  private void pad(long until) {
    if (until > out.end()) {
      changed = true;
      byte[] empty = isWebVtt() ? Vttc.emptySample() : TtmlDocument.empty();
      for (long to : stops(out.end(), until)) {
        out.add(empty, to);
      }
    }
  }

  private void pieces(int sample, long from, long to) {
    List<Long> stops = stops(from, to);
    SampleTable table = track.samples();
    if (ttml != null) {
      changed = true;
      for (long stop : stops) {
        out.add(ttml.piece(out.end() - start, stop - start), stop);
      }
      return;
    }
    if (stops.size() == 1 || !isWebVtt() || isEmpty(sample)) {
      changed |= stops.size() > 1;
      for (long stop : stops) {
        out.add(table.offset(sample), table.size(sample), stop);
      }
      return;
    }
    changed = true;
    List<Vttc> cues = new ArrayList<>();
    for (Vttc cue : WvttReader.sample(track, source, sample)) {
      cues.add(cue.source() == null ? cue.from(freshSourceId()) : cue);
    }
    for (long stop : stops) {
      long later = (out.end() - from) * 1000 / track.timescale();
      out.add(Vttc.sample(cues.stream().map(cue -> cue.later(later)).toList()), stop);
    }
  }

  /** The cuts between two instants, and the second of these. */
  private List<Long> stops(long from, long to) {
    List<Long> stops = new ArrayList<>();
    int at = Arrays.binarySearch(cuts, from + 1);
    for (int i = at < 0 ? -at - 1 : at; i < cuts.length && cuts[i] < to; i++) {
      if (stops.isEmpty() || cuts[i] > stops.get(stops.size() - 1)) {
        stops.add(cuts[i]);
      }
    }
    stops.add(to);
    return stops;
  }

  private boolean isWebVtt() {
    return track.entry().format().equals("wvtt");
  }

  /** Of 8 bytes is a box without content, and no XML document. */
  private boolean isEmpty(int sample) {
    return track.samples().size(sample) <= 8;
  }

  /** A number that no cue of the track has. */
  private int freshSourceId() {
    if (nextSourceId < 0) {
      Set<Integer> used = new HashSet<>();
      for (int i = 0; i < track.samples().count(); i++) {
        for (Vttc cue : WvttReader.sample(track, source, i)) {
          if (cue.source() != null) {
            used.add(cue.source());
          }
        }
      }
      nextSourceId = Math.max(0, used.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1);
    }
    return nextSourceId++;
  }
}
