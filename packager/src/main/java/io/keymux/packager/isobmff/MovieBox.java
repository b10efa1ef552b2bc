package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import io.keymux.packager.isobmff.TrackHeader.Mdhd;
import io.keymux.packager.isobmff.TrackHeader.Tkhd;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code moov}, taken apart.
 *
 * @param timescale of the movie, ticks a second
 * @param tracks by track ID, in file order
 * @param chapters IDs of tracks that are the chapters of others
 * @param defaults of the fragments, by track ID
 * @param duration that the movie should have with its fragments, in ticks; 0 if it does not say
 * @see "ISO/IEC 14496-12, 8.2 Movie Structure and 8.8.1 Movie Extends Box"
 */
record MovieBox(
    int timescale,
    Map<Integer, TrackDraft> tracks,
    Set<Integer> chapters,
    Map<Integer, TrackExtends> defaults,
    long duration) {

  /** What rounding and the ends of other tracks do not explain. */
  private static final double CUT_OFF_SECONDS = 1;

  static MovieBox read(Box moov, boolean quickTime, SampleBudget samples, MediaSource source) {
    Children.Budget budget = new Children.Budget();
    Children children = Children.of(moov, "moov", budget);
    int timescale = TrackHeader.movieTimescale(children.require("mvhd"));
    Map<Integer, TrackDraft> tracks = new LinkedHashMap<>();
    Set<Integer> chapters = new HashSet<>();
    for (Box box : children.all("trak")) {
      String path = "moov/trak[" + (tracks.size() + 1) + "]";
      Children trak = Children.of(box, path, budget);
      TrackDraft track = track(trak, quickTime, budget, source);
      if (tracks.putIfAbsent(track.trackId(), track) != null) {
        throw new MalformedBoxException(box.offset(), "a second track " + track.trackId());
      }
      addChapters(trak, chapters, budget);
    }
    for (TrackDraft track : tracks.values()) {
      track.readSampleTable(samples);
    }
    Optional<Children> extension =
        children.find("mvex").map(box -> Children.of(box, "moov/mvex", budget));
    return new MovieBox(
        timescale,
        tracks,
        chapters,
        extension.map(MovieBox::defaults).orElse(Map.of()),
        extension.map(MovieBox::duration).orElse(0L));
  }

  /**
   * Goes on with a later init segment: keys have changed, and nothing else.
   *
   * @param part the file of {@code later}
   * @throws io.keymux.cpix.DrmException with code {@code segment-is-movie} if one of the two is a
   *     whole movie, {@code init-segments-differ} if it is of other tracks
   */
  void goOn(MovieBox later, SourcePart part) {
    boolean movies =
        defaults.isEmpty()
            || later.defaults.isEmpty()
            || later.tracks.values().stream().anyMatch(track -> track.samples().count() > 0);
    if (movies) {
      throw BadInput.movieAmongSegments(part);
    }
    if (!later.tracks.keySet().equals(tracks.keySet())) {
      throw BadInput.initSegmentsDiffer(part, "it has other tracks");
    }
    for (TrackDraft track : later.tracks.values()) {
      Objects.requireNonNull(tracks.get(track.trackId())).goOn(track, part);
    }
  }

  /** A copy that ends behind a fragment is whole in all but its length; as a sentence. */
  Optional<String> cutOff(List<MediaTrack> found) {
    double said = (double) duration / timescale;
    double longest = 0;
    for (MediaTrack track : found) {
      SampleTable samples = track.samples();
      long ticks = samples.decodeTime(samples.count()) - samples.decodeTime(0);
      longest = Math.max(longest, (double) ticks / track.timescale());
    }
    return said - longest <= CUT_OFF_SECONDS
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "It lasts %.1f s, but says that it lasts %.1f s: it may be cut off.",
                longest,
                said));
  }

  private static long duration(Children mvex) {
    List<Box> mehd = mvex.all("mehd");
    if (mehd.isEmpty()) {
      return 0;
    }
    BoxReader body = mehd.get(0).body();
    return body.i32() >>> 24 == 1 ? Math.max(0, body.i64()) : body.u32();
  }

  private static TrackDraft track(
      Children trak, boolean quickTime, Children.Budget budget, MediaSource source) {
    Tkhd tkhd = Tkhd.read(trak.require("tkhd"));
    Children mdia = trak.descend("mdia", budget);
    Mdhd mdhd = Mdhd.read(mdia.require("mdhd"));
    String packed = Language.ofCode(mdhd.languageCode(), quickTime);
    String language = mdia.find("elng").map(box -> Language.ofElng(box, packed)).orElse(packed);
    String handler = FourCc.name(TrackHeader.handler(mdia.require("hdlr")));
    TrackType type = type(handler);
    Children minf = mdia.descend("minf", budget);
    Optional<Box> dinf = minf.find("dinf");
    Optional<Box> edts = trak.find("edts");
    return new TrackDraft(
        tkhd,
        mdhd,
        language,
        type,
        handler,
        TrackDescription.of(
            type,
            minf.descend("stbl", budget),
            dinf.flatMap(box -> Children.of(box, minf.path() + "/dinf", budget).find("dref")),
            edts.flatMap(box -> Children.of(box, trak.path() + "/edts", budget).find("elst")),
            budget),
        source);
  }

  private static @Nullable TrackType type(String handler) {
    return switch (handler) {
      case "vide" -> TrackType.VIDEO;
      case "soun" -> TrackType.AUDIO;
      case "text", "sbtl", "subt", "clcp" -> TrackType.TEXT;
      default -> null;
    };
  }

  private static void addChapters(Children trak, Set<Integer> chapters, Children.Budget budget) {
    Optional<Box> tref = trak.find("tref");
    if (tref.isPresent()) {
      for (Box chap : Children.of(tref.get(), trak.path() + "/tref", budget).all("chap")) {
        BoxReader body = chap.body();
        while (body.remaining() >= 4) {
          chapters.add(body.i32());
        }
      }
    }
  }

  private static Map<Integer, TrackExtends> defaults(Children mvex) {
    Map<Integer, TrackExtends> defaults = new HashMap<>();
    for (Box trex : mvex.all("trex")) {
      TrackExtends values = TrackExtends.read(trex);
      if (defaults.put(values.trackId(), values) != null) {
        throw new MalformedBoxException(
            trex.offset(), "a second trex of track " + values.trackId());
      }
    }
    return defaults;
  }
}
