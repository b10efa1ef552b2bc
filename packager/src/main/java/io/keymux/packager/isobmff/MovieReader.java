package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a movie file: progressive or fragmented, {@code moov} before or after the media.
 *
 * <p>Reads {@code moov}, each {@code moof} and box headers, never {@code mdat}. Fragments are
 * flattened to the same sample tables; their decode times are kept, so a recording may begin at any
 * time, and a gap between fragments makes the sample before it last longer. Between the files of a
 * {@link io.keymux.packager.input.JoinedSource} there may be no gap: a segment would be missing.
 *
 * @see "ISO/IEC 14496-12, 6 and 8"
 */
public final class MovieReader {
  private static final int MAX_MOOV_BYTES = 256 << 20;
  private static final int MAX_MOOF_BYTES = 64 << 20;

  private static final int MAX_TOP_LEVEL_BOXES = 10_000_000;
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;

  /** What a movie file can begin with; anything else is another format. */
  private static final Set<String> FIRST =
      Set.of(
          "ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "pnot", "pdin", "sidx",
          "uuid", "emsg", "prft", "meta");

  private final MediaSource source;
  private final SourceWindow window;
  private SourcePart part;
  private final SampleBudget samples;
  private final EventReader events = new EventReader();
  private final MessageDigest fingerprint;
  private boolean quickTime = true;
  private boolean hasFragments;
  private final List<TopLevelBox> moovs = new ArrayList<>();
  private @Nullable MovieBox movie;
  private @Nullable FragmentReader fragments;

  private MovieReader(MediaSource source) {
    this.source = source;
    this.window = new SourceWindow(source);
    this.part = source.part(0);
    this.samples = new SampleBudget(source);
    this.fingerprint = sha256();
  }

  /**
   * Reads the description of a movie and checks that each sample lies inside the source.
   *
   * <p>Cost: one read for each fragment and each large box; time and memory grow with the number of
   * samples, never with their size.
   *
   * @throws DrmException with code {@code input-empty}, {@code not-an-mp4}, {@code no-moov}, {@code
   *     no-tracks}, {@code input-truncated} or {@code malformed-mp4} if the source is not a whole
   *     movie; {@code segment-is-movie}, {@code init-segments-differ} or {@code
   *     segments-not-contiguous} if its files are not initialization segments of one track and
   *     their media segments in order; {@code input-encrypted}, {@code several-sample-entries},
   *     {@code edit-list-unsupported}, {@code external-media} or {@code too-many-samples} if it is
   *     one that cannot be packaged
   */
  public static Movie read(MediaSource source) {
    if (source.size() == 0) {
      throw BadInput.empty(source);
    }
    try {
      return new MovieReader(source).read();
    } catch (MalformedBoxException e) {
      throw BadInput.malformed(source, e);
    }
  }

  private Movie read() {
    @Nullable TopLevelBox cut = walk();
    if (movie == null) {
      throw cut == null ? BadInput.noMoov(source) : truncated(cut);
    }
    Movie result = finish(movie);
    if (cut != null) {
      throw truncated(cut);
    }
    return result;
  }

  /** Returns the {@code mdat} that the end of the source cuts off, if there is one. */
  private @Nullable TopLevelBox walk() {
    long at = 0;
    for (int count = 0; at < source.size(); count++) {
      if (count == MAX_TOP_LEVEL_BOXES) {
        throw new MalformedBoxException(at, "more than " + count + " boxes");
      }
      if (at == part.end()) {
        part = source.part(at);
      }
      TopLevelBox box = header(at);
      if (box == null) {
        break;
      }
      if (box.end() > part.end()) {
        if (box.is("mdat") && part.end() == source.size()) {
          return box;
        }
        throw truncated(box);
      }
      visit(box);
      at = box.end();
    }
    return null;
  }

  private void visit(TopLevelBox box) {
    switch (FourCc.name(box.type())) {
      case "ftyp" -> quickTime = box.size() >= 12 && window.read(box.offset(), 12)[8] == 'q';
      case "moov" -> {
        moovs.add(box);
        MovieBox read = MovieBox.read(load(box, MAX_MOOV_BYTES), quickTime, samples, source);
        if (movie == null) {
          if (part.start() > 0) {
            throw BadInput.movieAmongSegments(part);
          }
          movie = read;
          events.tracks(movie.tracks().values());
        } else {
          if (part.start() == 0) {
            throw new MalformedBoxException(box.offset(), "a second moov");
          }
          movie.goOn(read, part);
        }
        fragments = new FragmentReader(source, movie.tracks(), read.defaults(), samples);
      }
      case "moof" -> {
        if (fragments == null) {
          throw BadInput.noMoov(source);
        }
        hasFragments = true;
        events.beforeFragment();
        fragments.read(load(box, MAX_MOOF_BYTES));
        events.afterFragment();
      }
      case "emsg" -> events.read(load(box, MAX_MOOF_BYTES));
      default -> {
        // Media, padding and indexes: nothing that describes a sample.
      }
    }
  }

  private Box load(TopLevelBox box, int limit) {
    if (box.size() > limit) {
      throw new MalformedBoxException(
          box.offset(),
          "box %s of %d bytes; at most %d are read"
              .formatted(FourCc.name(box.type()), box.size(), limit));
    }
    byte[] bytes = window.read(box.offset(), (int) box.size());
    fingerprint.update(bytes);
    return new BoxReader(bytes, box.offset()).box();
  }

  private Movie finish(MovieBox parsed) {
    List<MediaTrack> tracks = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (TrackDraft draft : parsed.tracks().values()) {
      draft
          .leftOut(parsed.chapters().contains(draft.trackId()))
          .ifPresentOrElse(
              ignored::add,
              () -> {
                tracks.add(draft.build(source, parsed.timescale()));
                ignored.addAll(draft.notes());
              });
    }
    if (tracks.isEmpty()) {
      throw parsed.defaults().isEmpty() || hasFragments
          ? BadInput.noTracks(source)
          : BadInput.initAlone(source);
    }
    tracks.forEach(this::requireOutsideMoov);
    parsed.cutOff(tracks).ifPresent(ignored::add);
    return new Movie(events.addTo(tracks), ignored, Bytes.copyOf(fingerprint.digest()));
  }

  /** Samples of audio are not parsed, so the description would be packaged as if it were media. */
  private void requireOutsideMoov(MediaTrack track) {
    SampleTable samples = track.samples();
    for (TopLevelBox moov : moovs) {
      for (int i = 0; i < samples.count(); i++) {
        long at = samples.offset(i);
        if (at < moov.end() && at + samples.size(i) > moov.offset()) {
          throw BadInput.sampleInMoov(source, track.trackId(), i + 1, at);
        }
      }
    }
  }

  /** The header of a top-level box, or null if only zero padding is left. */
  private @Nullable TopLevelBox header(long at) {
    long left = part.end() - at;
    byte[] bytes = window.read(at, (int) Math.min(left, LARGE_HEADER));
    if (left < HEADER) {
      return padding(at, bytes);
    }
    BoxReader reader = new BoxReader(bytes, at);
    long size = reader.u32();
    int type = reader.i32();
    if (at == part.start() && !FIRST.contains(FourCc.name(type))) {
      throw BadInput.notMp4(part);
    }
    int header = HEADER;
    if (size == 0) {
      size = left;
    } else if (size == 1) {
      if (left < LARGE_HEADER) {
        throw BadInput.boxTruncated(part, FourCc.name(type), at, LARGE_HEADER);
      }
      size = reader.u64("size of " + FourCc.name(type));
      header = LARGE_HEADER;
    }
    if (size < header || size > Long.MAX_VALUE - at) {
      throw new MalformedBoxException(
          at, "box %s says %d bytes".formatted(FourCc.name(type), size));
    }
    return new TopLevelBox(type, at, size);
  }

  private @Nullable TopLevelBox padding(long at, byte[] rest) {
    if (at == part.start()) {
      throw BadInput.notMp4(part);
    }
    // Here no sample can be missing; in a fragmented file it may be the start of a cut-off moof.
    boolean whole = movie != null && movie.defaults().isEmpty() && part.end() == source.size();
    if (!whole || !Arrays.equals(rest, new byte[rest.length])) {
      throw BadInput.boxTruncated(part, "header", at, HEADER);
    }
    return null;
  }

  private DrmException truncated(TopLevelBox box) {
    return BadInput.boxTruncated(part, FourCc.name(box.type()), box.offset(), box.size());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @param offset in the source, in bytes
   * @param size with header, in bytes
   */
  private record TopLevelBox(int type, long offset, long size) {
    long end() {
      return offset + size;
    }

    boolean is(String name) {
      return type == FourCc.of(name);
    }
  }
}
