package io.keymux.testvectors.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the init segment says about a track.
 *
 * @param handler {@code vide}, {@code soun} or another handler type
 * @param entries sample entries in order; sample description index 1 is the first
 * @param groups protections of the track-level seig groups, in order
 * @param defaultEntry index of trex, counts from 1
 * @param defaultSize sample size of trex
 */
record TrackHeader(
    int id,
    String handler,
    List<Entry> entries,
    List<Protection> groups,
    int defaultEntry,
    int defaultSize) {

  /**
   * A sample entry.
   *
   * @param format the codec's four-cc, as frma has it where the entry is protected
   * @param protection null if the entry is clear
   */
  record Entry(String format, @Nullable Protection protection) {}

  TrackHeader {
    entries = List.copyOf(entries);
    groups = List.copyOf(groups);
  }

  static List<TrackHeader> ofMoov(Box moov) {
    List<TrackHeader> tracks = new ArrayList<>();
    for (Box trak : moov.children("trak")) {
      tracks.add(ofTrak(trak, moov));
    }
    return tracks;
  }

  private static TrackHeader ofTrak(Box trak, Box moov) {
    Box tkhd = trak.require("tkhd");
    int id = tkhd.count(tkhd.version() == 1 ? 20 : 12);
    String handler = trak.require("mdia", "hdlr").fourCc(8);
    Box stbl = trak.require("mdia", "minf", "stbl");
    List<Entry> entries = new ArrayList<>();
    for (Box entry : stbl.require("stsd").children(8)) {
      entries.add(entry(entry, handler));
    }
    List<Protection> groups = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.protection() != null) {
        groups.addAll(SampleGroups.definitions(stbl, entry.protection().scheme()));
        break;
      }
    }
    Optional<Box> trex =
        moov.find("mvex").stream()
            .flatMap(mvex -> mvex.children("trex").stream())
            .filter(box -> box.u32(4) == id)
            .findFirst();
    return new TrackHeader(
        id,
        handler,
        entries,
        groups,
        trex.map(box -> box.count(8)).orElse(1),
        trex.map(box -> box.count(16)).orElse(0));
  }

  private static Entry entry(Box entry, String handler) {
    if (!entry.type().equals("encv") && !entry.type().equals("enca")) {
      return new Entry(entry.type(), null);
    }
    int fields =
        switch (handler) {
          case "vide" -> 78;
          // QuickTime sound descriptions of version 1 and 2 have more fields.
          case "soun" -> 28 + (entry.u16(8) == 1 ? 16 : entry.u16(8) == 2 ? 36 : 0);
          default -> throw entry.malformed(0, "a " + handler + " track with an encrypted entry");
        };
    Box sinf =
        entry.children(fields).stream()
            .filter(box -> box.type().equals("sinf"))
            .findFirst()
            .orElseThrow(() -> entry.malformed(0, "has no sinf"));
    String scheme = sinf.require("schm").fourCc(4);
    Protection protection = Protection.ofTenc(scheme, sinf.require("schi", "tenc"));
    return new Entry(sinf.require("frma").fourCc(0), protection);
  }

  /**
   * @param index sample description index, counts from 1
   */
  Entry entry(int index, Box where) {
    if (index < 1 || index > entries.size()) {
      throw where.malformed(
          0, "sample description " + index + " of track " + id + " is not in stsd");
    }
    return entries.get(index - 1);
  }
}
