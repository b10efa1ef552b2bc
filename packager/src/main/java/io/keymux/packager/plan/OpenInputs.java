package io.keymux.packager.plan;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.CodecReader;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.decrypt.ClearSource;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.JoinedSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.Movie;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.media.EventStream;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.media.TrackDetails;
import io.keymux.packager.text.TextCut;
import io.keymux.packager.text.TextFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inputs of a job, opened and probed. Closing it closes them. */
public final class OpenInputs implements AutoCloseable {
  private final List<MediaSource> sources = new ArrayList<>();
  private final List<TrackSource> tracks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<OpenText> texts = new ArrayList<>();
  private final List<ThumbnailTrack> thumbnails = new ArrayList<>();
  private final TrackNamer namer = new TrackNamer();
  private final boolean decrypts;

  private OpenInputs(boolean decrypts) {
    this.decrypts = decrypts;
  }

  /** A text track; it is fitted to the media when that is known. */
  private record OpenText(
      JobInput input, Movie movie, MediaTrack media, MediaSource source, @Nullable TextFile file) {}

  /**
   * Opens and probes all inputs; text tracks keep their samples.
   *
   * @throws DrmException if one is unreadable, damaged or holds a codec that is not supported, or
   *     if there is nothing to package; everything is closed then
   */
  public static OpenInputs open(List<JobInput> inputs) {
    return open(new OpenInputs(true), inputs, null);
  }

  /**
   * Opens and probes all inputs as they stand: samples that are encrypted stay so, and no key is
   * needed.
   *
   * @throws DrmException as {@link #open(List)}
   */
  public static OpenInputs asTheyStand(List<JobInput> inputs) {
    return open(new OpenInputs(false), inputs, null);
  }

  /**
   * Opens and probes all inputs, and fits text tracks to the segments of the media.
   *
   * @param segmentSeconds wanted duration of segments
   * @throws DrmException as {@link #open(List)}
   */
  public static OpenInputs open(List<JobInput> inputs, double segmentSeconds) {
    return open(new OpenInputs(true), inputs, Double.valueOf(segmentSeconds));
  }

  private static OpenInputs open(
      OpenInputs open, List<JobInput> inputs, @Nullable Double segmentSeconds) {
    try {
      for (JobInput input : inputs) {
        open.add(input);
      }
      open.requireMedia(inputs);
      open.tracks.sort(
          Comparator.comparing((TrackSource t) -> t.media().type())
              .thenComparingLong(
                  t -> t.media().type() == TrackType.VIDEO ? t.track().bitrate() : 0));
      open.addTexts(segmentSeconds);
      open.checkThumbnails(segmentSeconds);
      return open;
    } catch (Throwable e) {
      open.close();
      throw e;
    }
  }

  /** Video by rising bit rate, then audio, then text, otherwise in the order of the inputs. */
  public List<TrackSource> tracks() {
    return List.copyOf(tracks);
  }

  /** The tracks that a job packages: those of the inputs, and what it makes of them. */
  public List<TrackSource> tracks(PackagingJob job) {
    return job.packaging().trickPlay() ? TrickPlay.with(tracks) : tracks();
  }

  /** Images of thumbnails, in the order of the inputs. */
  public List<ThumbnailTrack> thumbnails() {
    return List.copyOf(thumbnails);
  }

  /** What was left out of the inputs and why, a sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    sources.forEach(MediaSource::close);
  }

  private void add(JobInput input) {
    if (input.tiling() != null) {
      thumbnails.add(ThumbnailImages.open(input, input.tiling(), namer));
      return;
    }
    MediaSource source = source(input);
    sources.add(source);
    if (TextFile.is(source)) {
      TextFile file = TextFile.open(source);
      notes.addAll(file.movie().ignored());
      MediaTrack media = file.movie().tracks().get(0);
      texts.add(new OpenText(input, file.movie(), media, file.source(), file));
      return;
    }
    Movie movie = MovieReader.read(source);
    movie.ignored().forEach(note -> notes.add(source.name() + ": " + note));
    for (MediaTrack media : movie.tracks()) {
      TrackCodec codec = codec(media, source);
      if (media.type() == TrackType.TEXT) {
        texts.add(new OpenText(input, movie, media, source, null));
        continue;
      }
      if (isRepeated(input, media)) {
        notes.add(
            "%s: track %d is left out: it repeats an audio track of another input."
                .formatted(source.name(), media.trackId()));
        continue;
      }
      MediaSource clear = decrypts ? ClearSource.of(source, media, input.keys()) : source;
      tracks.add(
          new TrackSource(
              namer.name(input, media, codec),
              details(input, media, codec),
              media,
              codec,
              clear,
              InputFingerprint.of(movie, media, clear)));
    }
  }

  private static TrackDetails details(JobInput input, MediaTrack media, TrackCodec codec) {
    TrackDetails details = TrackDetails.of(codec, input.selection(), input.policy());
    if (media.events().isEmpty()) {
      return details;
    }
    return details.with(
        media.events().stream()
            .map(event -> new EventStream(event.schemeIdUri(), event.value()))
            .distinct()
            .toList());
  }

  private static MediaSource source(JobInput input) {
    if (input.segments().isEmpty()) {
      return input.file().open();
    }
    List<InputFile> files = new ArrayList<>(input.segments().size() + 1);
    files.add(input.file());
    files.addAll(input.segments());
    return JoinedSource.of(files);
  }

  private void addTexts(@Nullable Double segmentSeconds) {
    TextCut.Span span =
        segmentSeconds == null ? null : SegmentTimeline.textSpan(segmentSeconds, tracks);
    for (OpenText text : texts) {
      MediaTrack media = text.media();
      MediaSource source = text.source();
      if (span != null) {
        TextFile file = text.file();
        TextCut.Result fitted =
            file == null ? TextCut.fit(media, source, span) : TextCut.fit(file, span);
        media = fitted.track();
        source = fitted.source();
        if (fitted.leftOut() > 0) {
          notes.add(
              "%s: %d text samples are left out: they lie outside of the media."
                  .formatted(source.name(), fitted.leftOut()));
        }
      }
      TrackCodec codec = codec(media, source);
      tracks.add(
          new TrackSource(
              namer.name(text.input(), media, codec),
              TrackDetails.of(codec, text.input().selection(), text.input().policy()),
              media,
              codec,
              source,
              text.movie().fingerprint()));
    }
  }

  private void checkThumbnails(@Nullable Double segmentSeconds) {
    if (segmentSeconds != null && !thumbnails.isEmpty()) {
      double seconds = SegmentTimeline.durationSeconds(segmentSeconds, tracks);
      thumbnails.forEach(track -> ThumbnailImages.requireCover(track, seconds));
    }
  }

  private static TrackCodec codec(MediaTrack media, MediaSource source) {
    try {
      return CodecReader.read(media.entry(), media.type());
    } catch (DrmException e) {
      throw new DrmException(
          e.blame(),
          e.code(),
          "%s, track %d: %s".formatted(source.name(), media.trackId(), e.problem()),
          e.remedy(),
          e);
    }
  }

  /** Renditions that were muxed with the same audio bring it once each. */
  private boolean isRepeated(JobInput input, MediaTrack media) {
    String language = input.language() == null ? media.language() : input.language();
    return media.type() == TrackType.AUDIO
        && tracks.stream()
            .filter(t -> t.details().selection().equals(input.selection()))
            .filter(t -> t.track().language().equals(language))
            .anyMatch(t -> sameAudio(t.media(), media));
  }

  private static boolean sameAudio(MediaTrack a, MediaTrack b) {
    if (a.type() != TrackType.AUDIO
        || !a.entry().equals(b.entry())
        || a.samples().count() != b.samples().count()
        || a.samples().totalBytes() != b.samples().totalBytes()
        || a.samples().totalBytes() == (long) a.samples().maxSize() * a.samples().count()) {
      return false;
    }
    for (int i = 0; i < a.samples().count(); i++) {
      if (a.samples().size(i) != b.samples().size(i)) {
        return false;
      }
    }
    return true;
  }

  private void requireMedia(List<JobInput> inputs) {
    if (tracks.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "no-media",
          "%s %s neither video nor audio."
              .formatted(
                  inputs.get(0).file().name(),
                  inputs.size() == 1 ? "holds" : "and the other inputs hold"),
          "Give an MP4 with at least one video or audio track.");
    }
  }
}
