package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import io.keymux.packager.isobmff.TrackHeader.Mdhd;
import io.keymux.packager.isobmff.TrackHeader.Tkhd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A track of {@code moov} while its samples are still being collected. */
final class TrackDraft {
  private final Tkhd tkhd;
  private final Mdhd mdhd;
  private final String language;
  private final @Nullable TrackType type;
  private final String handler;
  private final List<TrackDescription> described = new ArrayList<>();
  private final GroupReader groups = new GroupReader();
  private final ProtectionDraft protection;
  private final SampleTableBuilder samples = new SampleTableBuilder();

  /**
   * @param type null if the track is neither video, audio nor text
   * @param handler its handler type, for messages
   */
  TrackDraft(
      Tkhd tkhd,
      Mdhd mdhd,
      String language,
      @Nullable TrackType type,
      String handler,
      TrackDescription description,
      MediaSource source) {
    this.tkhd = tkhd;
    this.mdhd = mdhd;
    this.language = language;
    this.type = type;
    this.handler = handler;
    this.described.add(description);
    this.protection = new ProtectionDraft(source);
  }

  int trackId() {
    return tkhd.trackId();
  }

  @Nullable TrackType type() {
    return type;
  }

  SampleTableBuilder samples() {
    return samples;
  }

  /** What is said of the samples that are read now. */
  private TrackDescription now() {
    return described.get(described.size() - 1);
  }

  /**
   * Goes on with what a later init segment says of this track.
   *
   * @param init for messages
   * @throws io.keymux.cpix.DrmException with code {@code init-segments-differ} if it is of another
   *     track
   */
  void goOn(TrackDraft later, SourcePart init) {
    if (later.type != type || later.mdhd.timescale() != mdhd.timescale()) {
      throw BadInput.initSegmentsDiffer(
          init, "track " + trackId() + " has another handler or timescale there");
    }
    described.add(later.now());
  }

  /**
   * Takes note of a run of samples that has just been read.
   *
   * @param entry of {@code stsd}, counted from 1
   * @param at place in the file, for messages
   */
  void useEntry(int entry, long at) {
    TrackEntries entries = now().entries();
    if (entries != null) {
      entries.use(entry, at);
    }
  }

  /** Reads the samples that {@code moov} describes. */
  void readSampleTable(SampleBudget sampleBudget) {
    TrackEntries entries = now().entries();
    Children stbl = now().stbl();
    if (entries == null) {
      return;
    }
    IntStream.Builder starts = IntStream.builder();
    List<@Nullable SchemeInformation> schemes = new ArrayList<>();
    BitSet encrypted = new BitSet();
    new SampleTableReader(stbl, sampleBudget)
        .read(
            samples,
            (firstSample, entry) -> {
              entries.use(entry, stbl.offset());
              starts.add(firstSample);
              SchemeInformation scheme = entries.protection(entry).orElse(null);
              schemes.add(scheme);
              encrypted.set(schemes.size() - 1, scheme != null);
            });
    GroupScope scope = new GroupScope(now().groups(), GroupDescriptions.NONE, stbl.offset());
    groups.read(stbl, scope, 0, samples.count());
    if (!encrypted.isEmpty()) {
      int[] chunks = starts.build().toArray();
      List<@Nullable SchemeInformation> ofSamples = new ArrayList<>(samples.count());
      for (int chunk = 0; chunk < chunks.length; chunk++) {
        int end = chunk + 1 < chunks.length ? chunks[chunk + 1] : samples.count();
        ofSamples.addAll(Collections.nCopies(end - chunks[chunk], schemes.get(chunk)));
      }
      protection.add(stbl, scope, 0, 0, ofSamples, chunks, samples.sizes(0));
    }
  }

  /**
   * Reads what a fragment says of its samples besides, once these have been added: their groups,
   * and how they are encrypted.
   *
   * @param entry of {@code stsd}, counted from 1
   * @param base what offsets in {@code traf} count from
   * @param first index of its first sample
   * @param runs index of the first sample of each {@code trun}
   */
  void describe(Children traf, int entry, long base, int first, int[] runs) {
    TrackEntries entries = now().entries();
    if (entries == null) {
      return;
    }
    int count = samples.count() - first;
    GroupScope scope = new GroupScope(now().groups(), GroupDescriptions.of(traf), traf.offset());
    groups.read(traf, scope, first, count);
    Optional<SchemeInformation> scheme = entries.protection(entry);
    if (scheme.isPresent()) {
      int[] starts = Arrays.stream(runs).map(run -> run - first).toArray();
      protection.add(
          traf,
          scope,
          base,
          first,
          Collections.nCopies(count, scheme.get()),
          starts,
          samples.sizes(first));
    }
  }

  /**
   * The track as fragments begin with it, whose samples are all clear.
   *
   * @throws io.keymux.cpix.DrmException with code {@code input-encrypted} if they are not
   */
  InitTrack init(MediaSource source, TrackExtends defaults) {
    TrackEntries all = Objects.requireNonNull(now().entries());
    all.use(defaults.entry(), now().stbl().offset());
    SampleEntry entry = all.shared(source, trackId(), now().dref());
    if (all.protection(defaults.entry()).isPresent()) {
      throw BadInput.encrypted(source, trackId(), entry.format());
    }
    return new InitTrack(
        trackId(),
        Objects.requireNonNull(type),
        mdhd.timescale(),
        language,
        entry,
        defaults.entry(),
        all.count(),
        defaults.duration(),
        defaults.size());
  }

  /** How its samples are encrypted unless a fragment says otherwise; empty if they are clear. */
  Optional<ProtectionSetting> setting() {
    TrackEntries entries = now().entries();
    for (int entry = 1; entries != null && entry <= entries.count(); entry++) {
      Optional<ProtectionSetting> setting =
          entries.protection(entry).map(SchemeInformation::setting);
      if (setting.isPresent()) {
        return setting;
      }
    }
    return Optional.empty();
  }

  /** Why the track is left out, as a sentence; empty if it is packaged. */
  Optional<String> leftOut(boolean chapters) {
    if (type == null) {
      return Optional.of(
          "Track %d is left out: its handler %s is neither video, audio nor text."
              .formatted(trackId(), handler));
    }
    if (chapters) {
      return Optional.of("Track %d is left out: it holds chapters.".formatted(trackId()));
    }
    if (samples.count() == 0) {
      return Optional.of(
          "Track %d (%s) is left out: it has no samples.".formatted(trackId(), handler));
    }
    return Optional.empty();
  }

  /** What does not reach players as it is meant, one sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (type == TrackType.VIDEO && tkhd.display().turns()) {
      notes.add(
          "Track %d is turned by its matrix, which some players do not heed: encode it upright."
              .formatted(trackId()));
    }
    if (!groups.unreadable().isEmpty()) {
      notes.add(
          "Track %d has sample groups that cannot be read and are left out: %s."
              .formatted(trackId(), String.join(", ", groups.unreadable())));
    }
    return notes;
  }

  /** The finished track; {@link #leftOut} must be empty. */
  MediaTrack build(MediaSource source, int movieTimescale) {
    TrackType media = Objects.requireNonNull(type);
    SampleEntry entry = TrackDescription.sharedEntry(described, source, trackId());
    SampleTable table = samples.build(source, trackId());
    if (media != TrackType.TEXT && table.decodeTime(table.count()) == table.decodeTime(0)) {
      throw BadInput.noDuration(source, trackId(), table.count());
    }
    EditListReader edits = new EditListReader(source, trackId(), movieTimescale, mdhd.timescale());
    return new MediaTrack(
        trackId(),
        media,
        mdhd.timescale(),
        language,
        entry,
        media == TrackType.VIDEO ? tkhd.display() : Display.NONE,
        TrackDescription.edit(described, edits, table, source),
        table,
        protection.build(table.count()),
        groups.build(),
        List.of());
  }
}
