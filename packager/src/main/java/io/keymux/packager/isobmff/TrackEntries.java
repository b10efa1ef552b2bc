package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sample entries of a track, those of encrypted samples among them. An entry is read when a
 * sample uses it.
 */
final class TrackEntries {
  private static final Set<String> ENCRYPTED =
      Set.of("encv", "enca", "enct", "encs", "encm", "drms", "drmi");

  /** Those of which this reader knows where the child boxes begin. */
  private static final Set<String> READABLE = Set.of("encv", "enca");

  private final Box stsd;
  private final int version;
  private final List<Box> boxes;
  private final TrackType type;
  private final Children.Budget budget;
  private final BitSet used = new BitSet();
  private final Map<Integer, SampleEntryReader> readers = new HashMap<>();
  private final Map<Integer, SampleEntry> read = new HashMap<>();

  private TrackEntries(
      Box stsd, int version, List<Box> boxes, TrackType type, Children.Budget budget) {
    this.stsd = stsd;
    this.version = version;
    this.boxes = boxes;
    this.type = type;
    this.budget = budget;
  }

  static TrackEntries read(Children stbl, TrackType type, Children.Budget budget) {
    Box stsd = stbl.require("stsd");
    BoxReader body = stsd.body();
    int version = body.u8();
    body.skip(3);
    body.count(8, "sample entry");
    return new TrackEntries(stsd, version, Children.read(body, budget), type, budget);
  }

  /** Of the track, whether samples use them or not. */
  int count() {
    return boxes.size();
  }

  /** Notes that samples use an entry, counted from 1. */
  void use(int entry, long at) {
    if (entry < 1 || entry > 0xffff) {
      throw new MalformedBoxException(at, "sample entry " + entry + " is out of range");
    }
    used.set(entry);
  }

  /** Whether samples use any entry. */
  boolean isUsed() {
    return !used.isEmpty();
  }

  /** How samples of an entry are encrypted; empty if they are clear, or in an unknown way. */
  Optional<SchemeInformation> protection(int entry) {
    if (entry > boxes.size() || !READABLE.contains(boxes.get(entry - 1).name())) {
      return Optional.empty();
    }
    entry(entry);
    return reader(entry).scheme();
  }

  /**
   * The entry that all samples share, in the clear.
   *
   * @param dref data references of the track, if they are there
   * @throws io.keymux.cpix.DrmException with code {@code input-encrypted} if samples are encrypted
   *     otherwise than by Common Encryption; {@code several-sample-entries} if samples use entries
   *     that differ in more than encryption; {@code external-media} if media is in another file
   */
  SampleEntry shared(MediaSource source, int trackId, Optional<Box> dref) {
    if (used.length() - 1 > boxes.size()) {
      throw new MalformedBoxException(
          stsd.offset(),
          "stsd has %d entries, but samples use number %d"
              .formatted(boxes.size(), used.length() - 1));
    }
    int first = used.nextSetBit(0);
    for (int i = first; i >= 0; i = used.nextSetBit(i + 1)) {
      String format = boxes.get(i - 1).name();
      if (ENCRYPTED.contains(format) && protection(i).isEmpty()) {
        throw BadInput.encrypted(source, trackId, format);
      }
    }
    for (int i = used.nextSetBit(first + 1); i >= 0; i = used.nextSetBit(i + 1)) {
      if (!same(entry(i), entry(first))) {
        throw BadInput.severalEntries(source, trackId, used.cardinality());
      }
    }
    requireSelfContained(source, trackId, dref, boxes.get(first - 1));
    return entry(first);
  }

  /** The clear samples before encrypted ones have bit rates of their own. */
  static boolean same(SampleEntry a, SampleEntry b) {
    return a.format().equals(b.format())
        && a.width() == b.width()
        && a.height() == b.height()
        && a.channels() == b.channels()
        && a.sampleRate() == b.sampleRate()
        && withoutBitRates(a).equals(withoutBitRates(b));
  }

  private static List<SampleEntry.Child> withoutBitRates(SampleEntry entry) {
    return entry.children().stream().filter(child -> !child.type().equals("btrt")).toList();
  }

  private SampleEntryReader reader(int entry) {
    return readers.computeIfAbsent(
        entry, e -> new SampleEntryReader(boxes.get(e - 1), version, budget));
  }

  private SampleEntry entry(int entry) {
    return read.computeIfAbsent(entry, e -> reader(e).read(type));
  }

  /** The media of a data reference without flag 1 is in another file. */
  private void requireSelfContained(
      MediaSource source, int trackId, Optional<Box> dref, Box entry) {
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
        throw BadInput.externalMedia(source, trackId);
      }
    }
  }
}
