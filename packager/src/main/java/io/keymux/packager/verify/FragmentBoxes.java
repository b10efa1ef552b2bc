package io.keymux.packager.verify;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.PsshBox;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.Sample;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a {@code moof}: the samples of each track and how they are encrypted. */
final class FragmentBoxes {
  private static final int MAX_SAMPLES = 1_000_000;

  private final String file;
  private final long moofOffset;
  private final List<TrackBoxes> tracks;
  private final Consumer<Finding> findings;
  private long dataEnd;

  private FragmentBoxes(
      String file, long moofOffset, List<TrackBoxes> tracks, Consumer<Finding> findings) {
    this.file = file;
    this.moofOffset = moofOffset;
    this.tracks = tracks;
    this.findings = findings;
    this.dataEnd = moofOffset;
  }

  /**
   * @param file for findings
   * @param moof the whole box with header, whose reader knows its place in the file
   */
  static List<TrackFragment> read(
      String file, BoxReader.Box moof, List<TrackBoxes> tracks, Consumer<Finding> findings) {
    FragmentBoxes boxes = new FragmentBoxes(file, moof.offset(), tracks, findings);
    List<TrackFragment> fragments = new ArrayList<>();
    for (BoxReader.Box box : children(moof.body())) {
      if (box.name().equals("traf")) {
        TrackFragment fragment = boxes.traf(children(box.body()));
        if (fragment != null) {
          fragments.add(fragment);
        }
      }
    }
    return fragments;
  }

  /** The DRM systems of {@code pssh} boxes in a {@code moof}. */
  static Set<UUID> systems(BoxReader.Box moof) {
    Set<UUID> systems = new HashSet<>();
    for (BoxReader.Box box : children(moof.body())) {
      if (box.name().equals("pssh")) {
        systems.add(PsshBox.parse(box.toBytes(), box.offset()).systemId());
      }
    }
    return systems;
  }

  private static List<BoxReader.Box> children(BoxReader body) {
    List<BoxReader.Box> children = new ArrayList<>();
    while (body.hasRemaining()) {
      children.add(body.box());
    }
    return children;
  }

  private @Nullable TrackFragment traf(List<BoxReader.Box> children) {
    Draft draft = new Draft();
    for (BoxReader.Box box : children) {
      switch (box.name()) {
        case "tfhd" -> tfhd(box.body(), draft);
        case "tfdt" ->
            draft.decodeTime = box.body().u32() >>> 24 == 1 ? box.body().i64() : box.body().u32();
        case "trun" -> trun(box.body(), draft);
        default -> {}
      }
    }
    dataEnd = draft.base + draft.nextOffset;
    TrackBoxes track = draft.track;
    if (track == null) {
      error("fragment-of-unknown-track", "traf", "no track in moov has its track id");
      return null;
    }
    if (draft.entry < 1 || draft.entry > track.entries().size()) {
      error("unknown-sample-entry", "traf", "sample entry " + draft.entry + " does not exist");
      return null;
    }
    Entry entry = track.entries().get(draft.entry - 1);
    EncryptionBoxes boxes = new EncryptionBoxes(children, moofOffset, this::error);
    List<Entry> entries = entries(track, entry, children, draft.samples.size());
    List<SampleInfo> info = entry.protection() == null ? List.of() : boxes.read(entries);
    return new TrackFragment(
        "%s moof at byte %d".formatted(file, moofOffset),
        track.trackId(),
        entries,
        draft.decodeTime,
        draft.samples,
        info,
        readable(entry, boxes));
  }

  private static List<Entry> entries(
      TrackBoxes track, Entry entry, List<BoxReader.Box> children, int samples) {
    List<@Nullable Protection> groups = KeyGroups.ofSamples(children, track.keyGroups(), samples);
    if (groups.isEmpty()) {
      return Collections.nCopies(samples, entry);
    }
    Map<Protection, Entry> distinct = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Protection group : groups) {
      entries.add(group == null ? entry : distinct.computeIfAbsent(group, entry::with));
    }
    return entries;
  }

  private boolean readable(Entry entry, EncryptionBoxes boxes) {
    String place = "%s moof at byte %d/traf".formatted(file, moofOffset);
    if (entry.encrypted() && boxes.onlyAuxiliary()) {
      findings.accept(
          Finding.warning(
              "senc-absent",
              place,
              "saiz without senc is legal, but is not read here; its samples are not decrypted"));
      return false;
    }
    return true;
  }

  private void tfhd(BoxReader in, Draft draft) {
    int flags = in.i32() & 0xffffff;
    int trackId = in.i32();
    TrackBoxes track = tracks.stream().filter(t -> t.trackId() == trackId).findFirst().orElse(null);
    draft.track = track;
    if (track == null) {
      return;
    }
    // Without default-base-is-moof the data of a traf follows that of the traf before.
    long base = (flags & 0x20000) != 0 ? moofOffset : dataEnd;
    draft.base = (flags & 0x1) != 0 ? in.i64() : base;
    draft.entry = (flags & 0x2) != 0 ? in.i32() : track.defaultEntry();
    draft.defaultDuration = (flags & 0x8) != 0 ? in.u32() : track.defaultDuration();
    draft.defaultSize = (flags & 0x10) != 0 ? in.i32() : track.defaultSize();
  }

  private static void trun(BoxReader in, Draft draft) {
    int flags = in.i32() & 0xffffff;
    int fields = Integer.bitCount(flags & 0xf00);
    int count = fields == 0 ? boundedCount(in) : in.count(4 * fields, "trun entry");
    long at = draft.base + ((flags & 0x1) != 0 ? in.i32() : draft.nextOffset);
    if ((flags & 0x4) != 0) {
      in.skip(4);
    }
    for (int i = 0; i < count; i++) {
      long duration = (flags & 0x100) != 0 ? in.u32() : draft.defaultDuration;
      int size = (flags & 0x200) != 0 ? in.i32() : draft.defaultSize;
      in.skip((flags & 0x400) != 0 ? 4 : 0);
      int composition = (flags & 0x800) != 0 ? in.i32() : 0;
      draft.samples.add(new Sample(at, size, duration, composition));
      at += size & 0xffffffffL;
    }
    draft.nextOffset = at - draft.base;
  }

  /** Entries without fields take no room in the box, so nothing else bounds them. */
  private static int boundedCount(BoxReader in) {
    long count = in.u32();
    if (count > MAX_SAMPLES) {
      throw in.malformed(count + " samples in one trun");
    }
    return (int) count;
  }

  private void error(String code, String box, String message) {
    findings.accept(
        Finding.error(code, "%s moof at byte %d/%s".formatted(file, moofOffset, box), message));
  }

  /** Fields of a {@code traf} while its boxes are read. */
  private static final class Draft {
    private final List<Sample> samples = new ArrayList<>();
    private @Nullable TrackBoxes track;
    private int entry = 1;
    private long base;
    private long nextOffset;
    private long decodeTime = -1;
    private long defaultDuration;
    private int defaultSize;
  }
}
