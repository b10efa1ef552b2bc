package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.TrackHeader.Mdhd;
import io.keymux.packager.isobmff.TrackHeader.Tkhd;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A track of {@code moov} while its samples are still being collected. */
final class TrackDraft {
  private static final Set<String> ENCRYPTED =
      Set.of("encv", "enca", "enct", "encs", "encm", "drms", "drmi");

  private final Tkhd tkhd;
  private final Mdhd mdhd;
  private final String language;
  private final @Nullable TrackType type;
  private final String handler;
  private final Children stbl;
  private final Optional<Box> dref;
  private final Optional<Box> elst;
  private final Children.Budget budget;
  private final BitSet usedEntries = new BitSet();
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
      Children stbl,
      Optional<Box> dref,
      Optional<Box> elst,
      Children.Budget budget) {
    this.tkhd = tkhd;
    this.mdhd = mdhd;
    this.language = language;
    this.type = type;
    this.handler = handler;
    this.stbl = stbl;
    this.dref = dref;
    this.elst = elst;
    this.budget = budget;
  }

  int trackId() {
    return tkhd.trackId();
  }

  SampleTableBuilder samples() {
    return samples;
  }

  /** Notes that samples use an entry of {@code stsd}, counted from 1. */
  void useEntry(int entry, long at) {
    if (entry < 1 || entry > 0xffff) {
      throw new MalformedBoxException(at, "sample entry " + entry + " is out of range");
    }
    usedEntries.set(entry);
  }

  /** Reads the samples that {@code moov} describes. */
  void readSampleTable(SampleBudget sampleBudget) {
    if (type != null) {
      new SampleTableReader(stbl, sampleBudget).read(samples, usedEntries);
    }
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

  /** The finished track; {@link #leftOut} must be empty. */
  MediaTrack build(MediaSource source, int movieTimescale) {
    TrackType media = Objects.requireNonNull(type);
    SampleEntry entry = entry(source, media);
    SampleTable table = samples.build(source, trackId());
    if (media != TrackType.TEXT && table.decodeTime(table.count()) == table.decodeTime(0)) {
      throw BadInput.noDuration(source, trackId(), table.count());
    }
    EditListReader edits = new EditListReader(source, trackId(), movieTimescale, mdhd.timescale());
    boolean video = media == TrackType.VIDEO;
    return new MediaTrack(
        trackId(),
        media,
        mdhd.timescale(),
        language,
        entry,
        video ? tkhd.width() : 0,
        video ? tkhd.height() : 0,
        elst.map(box -> edits.read(box, table)).orElse(EditList.NONE),
        table);
  }

  private SampleEntry entry(MediaSource source, TrackType media) {
    Box stsd = stbl.require("stsd");
    BoxReader body = stsd.body();
    int version = body.u8();
    body.skip(3);
    body.count(8, "sample entry");
    List<Box> entries = Children.read(body, budget);
    if (usedEntries.length() - 1 > entries.size()) {
      throw new MalformedBoxException(
          stsd.offset(),
          "stsd has %d entries, but samples use number %d"
              .formatted(entries.size(), usedEntries.length() - 1));
    }
    for (int i = usedEntries.nextSetBit(0); i >= 0; i = usedEntries.nextSetBit(i + 1)) {
      String format = entries.get(i - 1).name();
      if (ENCRYPTED.contains(format)) {
        throw BadInput.encrypted(source, trackId(), format);
      }
    }
    if (usedEntries.cardinality() > 1) {
      throw BadInput.severalEntries(source, trackId(), usedEntries.cardinality());
    }
    Box used = entries.get(usedEntries.nextSetBit(0) - 1);
    requireSelfContained(source, used);
    return new SampleEntryReader(used, version, budget).read(media);
  }

  /** The media of a data reference without flag 1 is in another file. */
  private void requireSelfContained(MediaSource source, Box entry) {
    if (dref.isEmpty()) {
      return;
    }
    BoxReader body = dref.get().body();
    body.skip(8);
    List<Box> references = Children.read(body, budget);
    int index = SampleEntryReader.dataReference(entry);
    if (index >= 1 && index <= references.size()) {
      BoxReader flags = references.get(index - 1).body();
      if ((flags.i32() & 1) == 0) {
        throw BadInput.externalMedia(source, trackId());
      }
    }
  }
}
