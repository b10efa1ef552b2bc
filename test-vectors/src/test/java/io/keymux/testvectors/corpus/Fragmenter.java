package io.keymux.testvectors.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns sample tables into movie fragments, all tracks in each.
 *
 * <p>{@code per=N}: samples of the first track in a fragment, of others as many as it takes for the
 * same number of fragments. {@code tfdt=none}, {@code 0} or {@code 1}: its version. {@code
 * base=moof}: default-base-is-moof; {@code offset}: base-data-offset is the moof; {@code data}: it
 * is the track's data; {@code implicit}: neither. {@code truns=N} for each track, of which all say
 * where their data is with {@code own}, else the first. {@code flags=each}, {@code first} or {@code
 * none}. {@code apart}: a moof for each track. {@code start=N}: ticks of the first tfdt. {@code
 * gap=N}: ticks between fragments. {@code early}: mdat stands before its moof.
 */
final class Fragmenter {
  private static final int NON_SYNC = 0x10000;

  /** The data of a run follows what is before it. */
  private static final int FOLLOWS = Integer.MIN_VALUE;

  private final OddBox file;
  private final Map<String, String> options = new HashMap<>();
  private final List<OddBox> tracks;
  private final List<List<SampleRow>> samples = new ArrayList<>();
  private int at;

  private Fragmenter(OddBox file, List<String> words) {
    this.file = file;
    words.forEach(word -> options.put(word.replaceFirst("=.*", ""), word.replaceFirst(".*=", "")));
    byte[] whole = file.toBytes();
    this.tracks = file.all("trak");
    tracks.forEach(trak -> samples.add(SampleRow.of(whole, trak)));
  }

  static void rewrite(OddBox file, List<String> options) {
    new Fragmenter(file, options).run();
  }

  private int option(String name, int otherwise) {
    return Integer.parseInt(options.getOrDefault(name, String.valueOf(otherwise)));
  }

  private void run() {
    OddBox moov = file.at("moov");
    tracks.forEach(Fragmenter::clear);
    OddBox mvex = box("mvex", "");
    for (int i = 1; i <= tracks.size(); i++) {
      mvex.children.add(box("trex", "0 %d 1 0 0 0".formatted(i)));
    }
    moov.children.add(mvex);
    List<OddBox> head = List.of(file.at("ftyp"), moov);
    file.children.clear();
    file.children.addAll(head);
    at = file.toBytes().length;
    int per = option("per", 3);
    int fragments = (samples.get(0).size() + per - 1) / per;
    for (int i = 0; i < fragments; i++) {
      List<Run> runs = new ArrayList<>();
      for (int track = 0; track < tracks.size(); track++) {
        int all = samples.get(track).size();
        int each = (all + fragments - 1) / fragments;
        int from = Math.min(all, i * each);
        runs.add(new Run(track, i, samples.get(track).subList(from, Math.min(all, from + each))));
      }
      if (options.containsKey("apart")) {
        runs.forEach(run -> fragment(List.of(run)));
      } else {
        fragment(runs);
      }
    }
  }

  private static void clear(OddBox trak) {
    // As writers do that do not know the duration: to the end.
    trak.find("elst").ifPresent(elst -> elst.fields(8).putInt(0));
    OddBox stbl = trak.at("stbl");
    stbl.children.removeIf(
        box -> List.of("stss", "ctts", "sdtp", "sgpd", "sbgp").contains(box.type));
    stbl.at("stts").fields = new byte[8];
    stbl.at("stsc").fields = new byte[8];
    stbl.at("stco").fields = new byte[8];
    stbl.at("stsz").fields = new byte[12];
  }

  private record Run(int track, int fragment, List<SampleRow> samples) {
    byte[] data() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      samples.forEach(sample -> out.writeBytes(sample.data().toArray()));
      return out.toByteArray();
    }
  }

  private void fragment(List<Run> runs) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    runs.forEach(run -> data.writeBytes(run.data()));
    OddBox mdat = new OddBox("mdat", data.toByteArray());
    int size = moof(runs, 0, 0).toBytes().length;
    boolean early = options.containsKey("early");
    int moofAt = early ? at + 8 + data.size() : at;
    int dataAt = early ? at + 8 : at + size + 8;
    OddBox moof = moof(runs, moofAt, dataAt);
    file.children.addAll(early ? List.of(mdat, moof) : List.of(moof, mdat));
    at += size + 8 + data.size();
  }

  private OddBox moof(List<Run> runs, int moofAt, int dataAt) {
    OddBox moof = box("moof", "");
    moof.children.add(box("mfhd", "0 %d".formatted(runs.get(0).fragment() + 1)));
    int data = dataAt;
    for (Run run : runs) {
      moof.children.add(traf(run, moofAt, data, data == dataAt));
      data += run.data().length;
    }
    return moof;
  }

  private OddBox traf(Run run, int moofAt, int dataAt, boolean isFirst) {
    OddBox traf = box("traf", "");
    String base = options.getOrDefault("base", "moof");
    boolean firstFlags = options.getOrDefault("flags", "each").equals("first");
    int flags = base.equals("moof") ? 0x20000 : base.equals("implicit") ? 0 : 1;
    String where = flags == 1 ? " 64:%d".formatted(base.equals("offset") ? moofAt : dataAt) : "";
    traf.children.add(
        box(
            "tfhd",
            "%d %d%s%s"
                .formatted(
                    flags | (firstFlags ? 0x20 : 0),
                    run.track() + 1,
                    where,
                    firstFlags ? " " + NON_SYNC : "")));
    String version = options.getOrDefault("tfdt", "1");
    if (!version.equals("none") && !run.samples().isEmpty()) {
      long time =
          run.samples().get(0).decodeTime()
              + Long.parseLong(options.getOrDefault("start", "0"))
              + (long) option("gap", 0) * run.fragment();
      traf.children.add(box("tfdt", version.equals("1") ? "16777216 64:" + time : "0 " + time));
    }
    boolean follows = base.equals("data") || (base.equals("implicit") && !isFirst);
    int offset = dataAt - moofAt;
    int truns = option("truns", 1);
    int each = Math.max(1, (run.samples().size() + truns - 1) / truns);
    boolean own = options.containsKey("own");
    for (int from = 0; from < run.samples().size(); from += each) {
      boolean first = from == 0;
      traf.children.add(
          trun(
              run.samples().subList(from, Math.min(run.samples().size(), from + each)),
              follows || (!first && !own) ? FOLLOWS : offset,
              first));
      for (SampleRow row :
          run.samples().subList(from, Math.min(run.samples().size(), from + each))) {
        offset += row.data().size();
      }
    }
    return traf;
  }

  /**
   * @param offset of the data from its base
   */
  private OddBox trun(List<SampleRow> rows, int offset, boolean isFirst) {
    String how = options.getOrDefault("flags", "each");
    boolean eachFlags = how.equals("each");
    boolean firstFlags = how.equals("first") && isFirst;
    int flags =
        0x01000b00 | (offset == FOLLOWS ? 0 : 1) | (eachFlags ? 0x400 : 0) | (firstFlags ? 4 : 0);
    ByteBuffer body = ByteBuffer.allocate(16 + 16 * rows.size()).putInt(flags).putInt(rows.size());
    if (offset != FOLLOWS) {
      body.putInt(offset);
    }
    if (firstFlags) {
      body.putInt(0);
    }
    for (SampleRow row : rows) {
      body.putInt(row.duration()).putInt(row.data().size());
      if (eachFlags) {
        body.putInt(row.isSync() ? 0 : NON_SYNC);
      }
      body.putInt(row.compositionOffset());
    }
    return new OddBox("trun", java.util.Arrays.copyOf(body.array(), body.position()));
  }

  private static OddBox box(String type, String words) {
    return new OddBox(
        type, words.isEmpty() ? new byte[0] : Payload.of(List.of(words.split(" ", -1))));
  }
}
