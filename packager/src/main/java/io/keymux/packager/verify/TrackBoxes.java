package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an init segment says of one track.
 *
 * @param handler {@code vide}, {@code soun} or another
 * @param entries sample entries in order; samples refer to them from 1
 * @param defaultEntry of {@code trex}
 * @param defaultDuration of {@code trex}, in ticks
 * @param defaultSize of {@code trex}, in bytes
 */
record TrackBoxes(
    int trackId,
    long timescale,
    String handler,
    List<Entry> entries,
    int defaultEntry,
    long defaultDuration,
    int defaultSize) {

  /**
   * A sample entry.
   *
   * @param format of the clear entry: that of {@code frma} if it is protected
   * @param nalLengthSize bytes of NAL unit lengths; 0 if samples hold no NAL units
   * @param codecConfig payload of avcC or hvcC, else empty
   * @param protection or null if the entry is clear
   */
  record Entry(
      String format, int nalLengthSize, Bytes codecConfig, @Nullable Protection protection) {}

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
      @Nullable Bytes constantIv) {}

  /** Reads all tracks of a {@code moov}. */
  static List<TrackBoxes> read(BoxReader moov) {
    List<TrackBoxes> tracks = new ArrayList<>();
    List<long[]> defaults = new ArrayList<>();
    while (moov.hasRemaining()) {
      BoxReader.Box box = moov.box();
      switch (box.name()) {
        case "trak" -> tracks.add(trak(box.body()));
        case "mvex" -> defaults.addAll(mvex(box.body()));
        default -> {}
      }
    }
    return tracks.stream().map(track -> track.with(defaults)).toList();
  }

  private TrackBoxes with(List<long[]> defaults) {
    for (long[] trex : defaults) {
      if (trex[0] == trackId) {
        return new TrackBoxes(
            trackId, timescale, handler, entries, (int) trex[1], trex[2], (int) trex[3]);
      }
    }
    return this;
  }

  private static List<long[]> mvex(BoxReader in) {
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

  private static TrackBoxes trak(BoxReader in) {
    int trackId = 0;
    long timescale = 0;
    String handler = "";
    List<Entry> entries = new ArrayList<>();
    List<BoxReader> open = new ArrayList<>(List.of(in));
    while (!open.isEmpty()) {
      BoxReader reader = open.remove(open.size() - 1);
      while (reader.hasRemaining()) {
        BoxReader.Box box = reader.box();
        BoxReader body = box.body();
        switch (box.name()) {
          case "mdia", "minf", "stbl" -> open.add(body);
          case "tkhd" -> {
            body.skip(body.u32() >>> 24 == 1 ? 16 : 8);
            trackId = body.i32();
          }
          case "mdhd" -> {
            body.skip(body.u32() >>> 24 == 1 ? 16 : 8);
            timescale = body.u32();
          }
          case "hdlr" -> {
            body.skip(8);
            handler = FourCc.name(body.i32());
          }
          case "stsd" -> entries.addAll(stsd(body));
          default -> {}
        }
      }
    }
    return new TrackBoxes(trackId, timescale, handler, List.copyOf(entries), 1, 0, 0);
  }

  private static List<Entry> stsd(BoxReader in) {
    in.skip(4);
    int count = in.count(8, "sample entry");
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(SampleEntryBoxes.read(in.box()));
    }
    return entries;
  }
}
