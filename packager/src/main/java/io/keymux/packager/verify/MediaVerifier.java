package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.media.ByteRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tracks of one init segment: reads their fragments in order, checks their boxes and,
 * where it is told to and has the key, decrypts their samples.
 *
 * <p>Memory is bounded by the boxes of one fragment and one sample of each track. Not thread-safe.
 */
final class MediaVerifier {
  private final String name;
  private final VerifyContext context;
  private final Map<Integer, TrackSamples> samples = new HashMap<>();
  private final List<MediaFacts.Piece> pieces = new ArrayList<>();
  private final List<List<BoxReader>> events = new ArrayList<>();
  private InitBoxes init = InitBoxes.EMPTY;
  private String initFile = "";
  private final Set<UUID> fragmentSystems = new HashSet<>();
  private Consumer<BoxReader.Box> watcher = box -> {};
  private @Nullable TrackBoxes main;
  private int fragments;

  /**
   * @param name of the track or file, for findings
   */
  MediaVerifier(String name, VerifyContext context) {
    this.name = name;
    this.context = context;
  }

  /** Shows somebody each {@code moov} and {@code moof} from now on, with header. */
  void watch(Consumer<BoxReader.Box> boxes) {
    watcher = boxes;
  }

  /** Reads the init segment. */
  void init(String file, MediaSource media, long start, long length) {
    initFile = file;
    BoxWalk walk = new BoxWalk(media, start, length);
    while (walk.hasNext()) {
      BoxWalk.TopBox box = walk.next();
      if (box.type().equals("moov")) {
        init = InitBoxes.read(file, walk.read(box).body(), context::add);
        watcher.accept(walk.read(box));
      }
    }
    if (init.tracks().isEmpty()) {
      context.add(Finding.error("no-moov", file, "the init segment holds no track"));
    }
    for (TrackBoxes track : init.tracks()) {
      String label = init.tracks().size() == 1 ? name : name + " track " + track.trackId();
      samples.put(track.trackId(), new TrackSamples(label, track, context));
      if (main == null || (track.handler().equals("vide") && !main.handler().equals("vide"))) {
        main = track;
      }
    }
  }

  InitBoxes initBoxes() {
    return init;
  }

  /**
   * Reads a media segment.
   *
   * @param decrypt whether samples are decrypted and looked into, or only their boxes checked
   */
  void segment(String file, MediaSource media, long start, long length, boolean decrypt) {
    Span span = new Span();
    BoxWalk walk = new BoxWalk(media, start, length);
    List<TrackFragment> pending = List.of();
    List<ByteRange> data = new ArrayList<>();
    List<BoxReader> messages = new ArrayList<>();
    events.add(messages);
    while (walk.hasNext()) {
      BoxWalk.TopBox box = walk.next();
      if (box.type().equals("moof")) {
        take(pending, data, media, decrypt, span);
        data.clear();
        if (fragments == 0) {
          fragmentSystems.addAll(FragmentBoxes.systems(walk.read(box)));
        }
        pending = FragmentBoxes.read(file, walk.read(box), init.tracks(), context::add);
        fragments += pending.size();
        watcher.accept(walk.read(box));
      } else if (box.type().equals("mdat")) {
        data.add(new ByteRange(box.offset(), box.size()));
      } else if (box.type().equals("emsg") && !context.sources().isEmpty()) {
        messages.add(walk.read(box).body());
      }
    }
    take(pending, data, media, decrypt, span);
    if (span.samples == 0) {
      context.add(
          Finding.error(
              "empty-segment",
              file + " bytes %d to %d".formatted(start, start + length),
              "no sample of the track"));
    }
    pieces.add(
        new MediaFacts.Piece(
            span.begin, span.end, span.decodeTicks, span.samples, length, Set.copyOf(span.keyIds)));
  }

  private void take(
      List<TrackFragment> pending,
      List<ByteRange> data,
      MediaSource media,
      boolean decrypt,
      Span span) {
    for (TrackFragment fragment : pending) {
      if (main != null && fragment.trackId() == main.trackId()) {
        span.add(fragment);
      }
      TrackSamples track = samples.get(fragment.trackId());
      if (track != null) {
        track.add(fragment, media, data, decrypt);
      }
    }
  }

  /**
   * Goes on with another segment than the next.
   *
   * @param sample index of its first sample in the track, from 0
   */
  void seek(int sample) {
    samples.values().forEach(track -> track.seek(sample));
  }

  /** The {@code emsg} boxes of each segment, in order; none if there is no source. */
  List<List<BoxReader>> events() {
    return events;
  }

  MediaFacts facts() {
    return new MediaFacts(init, main, !fragmentSystems.isEmpty(), pieces);
  }

  /** Ends the tracks: what holds of all their samples together is said now. */
  VerificationReport finish() {
    samples.values().forEach(TrackSamples::finish);
    return report();
  }

  /** Ends a look at some of the segments, of which nothing can be said of all samples. */
  VerificationReport finishPart() {
    samples.values().forEach(TrackSamples::finishPart);
    return report();
  }

  private VerificationReport report() {
    init.checkPssh(initFile, fragmentSystems, context::add);
    long decrypted = 0;
    long compared = 0;
    for (TrackSamples track : samples.values()) {
      decrypted += track.decryptedSamples();
      compared += track.comparedSamples();
    }
    return new VerificationReport(
        init.tracks().size(), fragments, decrypted, compared, context.findings());
  }

  /** The times of a segment while it is read. */
  private static final class Span {
    private long begin;
    private long end;
    private long decodeTicks;
    private int samples;
    private final Set<KeyId> keyIds = new LinkedHashSet<>();

    void add(TrackFragment fragment) {
      keyIds.addAll(fragment.keyIds());
      long decode = fragment.decodeTime();
      for (TrackFragment.Sample sample : fragment.samples()) {
        long shown = decode + sample.compositionOffset();
        if (samples++ == 0) {
          begin = shown;
          end = shown;
        }
        decode += sample.duration();
        begin = Math.min(begin, shown);
        end = Math.max(end, shown + sample.duration());
      }
      decodeTicks += fragment.duration();
    }
  }
}
