package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an init segment says of one track.
 *
 * @param handler {@code vide}, {@code soun} or another
 * @param entries sample entries in order; samples refer to them from 1
 * @param keyGroups descriptions of the sample group {@code seig} that fragments may refer to
 * @param defaultEntry of {@code trex}
 * @param defaultDuration of {@code trex}, in ticks
 * @param defaultSize of {@code trex}, in bytes
 */
record TrackBoxes(
    int trackId,
    long timescale,
    String handler,
    List<Entry> entries,
    List<Protection> keyGroups,
    int defaultEntry,
    long defaultDuration,
    int defaultSize,
    Edit edit) {

  /**
   * The first edit that is not empty.
   *
   * @param mediaTime where it starts the presentation, in ticks
   * @param ends whether it may end the presentation before the media
   */
  record Edit(long mediaTime, boolean ends) {
    static final Edit NONE = new Edit(0, false);
  }

  /**
   * A sample entry.
   *
   * @param clear the entry as it was before encryption
   * @param codec or null if it is one that cannot be looked into
   * @param protection or null if the entry is clear
   */
  record Entry(SampleEntry clear, @Nullable TrackCodec codec, @Nullable Protection protection) {

    /** Whether samples of this entry are encrypted. */
    boolean encrypted() {
      return protection != null && protection.isProtected();
    }

    /** The same with what a sample group says of its key. */
    Entry with(Protection group) {
      return new Entry(clear, codec, group.in(protection == null ? "" : protection.scheme()));
    }
  }

  /**
   * Content of {@code schm} and {@code tenc}.
   *
   * @param ivSize of the IV of each sample in bytes: 0, 8 or 16
   * @param constantIv or null
   */
  record Protection(
      String scheme,
      boolean isProtected,
      int ivSize,
      KeyId keyId,
      int cryptBlocks,
      int skipBlocks,
      @Nullable Bytes constantIv) {

    /** The same in another scheme. */
    Protection in(String other) {
      return new Protection(other, isProtected, ivSize, keyId, cryptBlocks, skipBlocks, constantIv);
    }
  }

  /** The same with the defaults of its {@code trex}. */
  TrackBoxes with(List<long[]> defaults) {
    for (long[] trex : defaults) {
      if (trex[0] == trackId) {
        return new TrackBoxes(
            trackId,
            timescale,
            handler,
            entries,
            keyGroups,
            (int) trex[1],
            trex[2],
            (int) trex[3],
            edit);
      }
    }
    return this;
  }

  /** Track id and default entry, duration and size of each {@code trex}. */
  static List<long[]> mvex(BoxReader in) {
    List<long[]> defaults = new ArrayList<>();
    while (in.hasRemaining()) {
      BoxReader.Box box = in.box();
      if (box.name().equals("trex")) {
        box.body().skip(4);
        defaults.add(
            new long[] {box.body().u32(), box.body().u32(), box.body().u32(), box.body().u32()});
      }
    }
    return defaults;
  }

  static TrackBoxes trak(BoxReader in) {
    int trackId = 0;
    long timescale = 1;
    Edit edit = Edit.NONE;
    String handler = "";
    BoxReader stsd = null;
    List<BoxReader.Box> groups = new ArrayList<>();
    List<BoxReader> open = new ArrayList<>(List.of(in));
    while (!open.isEmpty()) {
      BoxReader reader = open.remove(open.size() - 1);
      while (reader.hasRemaining()) {
        BoxReader.Box box = reader.box();
        BoxReader body = box.body();
        switch (box.name()) {
          case "mdia", "minf", "stbl", "edts" -> open.add(body);
          case "tkhd" -> {
            body.skip(body.u32() >>> 24 == 1 ? 16 : 8);
            trackId = body.i32();
          }
          case "mdhd" -> {
            body.skip(body.u32() >>> 24 == 1 ? 16 : 8);
            timescale = Math.max(1, body.u32());
          }
          case "hdlr" -> {
            body.skip(8);
            handler = FourCc.name(body.i32());
          }
          case "elst" -> edit = edit(body);
          case "stsd" -> stsd = body;
          case "sgpd" -> groups.add(box);
          default -> {}
        }
      }
    }
    List<Entry> entries = stsd == null ? List.of() : entries(stsd, handler);
    return new TrackBoxes(
        trackId, timescale, handler, entries, KeyGroups.descriptions(groups), 1, 0, 0, edit);
  }

  private static Edit edit(BoxReader in) {
    boolean wide = in.u32() >>> 24 == 1;
    int count = in.count(wide ? 20 : 12, "edit");
    for (int i = 0; i < count; i++) {
      long duration = wide ? in.i64() : in.u32();
      long time = wide ? in.i64() : in.i32();
      in.skip(4);
      if (time >= 0) {
        return new Edit(time, duration != 0);
      }
    }
    return Edit.NONE;
  }

  private static List<Entry> entries(BoxReader in, String handler) {
    in.skip(4);
    int count = in.count(8, "sample entry");
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(SampleEntryBoxes.read(in.box(), handler));
    }
    return List.copyOf(entries);
  }
}
