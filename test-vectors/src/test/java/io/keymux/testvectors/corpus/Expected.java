package io.keymux.testvectors.corpus;

import io.keymux.cpix.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What packaging a case gives for one track: the base's samples, but for the wishes of the case.
 *
 * <p>{@code like=v}: the whole file that the base is a form of. {@code tracks=2}: only these of the
 * base, counted from 1. {@code samples=0-8}: only these of the first track. For each track,
 * separated by commas: {@code shift=N} ticks that it is shown later than in the base, {@code end=N}
 * ticks that it lasts, {@code shown=N} ticks after which an edit ends. Of the first track: {@code
 * times=0/2048/..} of its samples and {@code sync=0/3/..}, in file order; {@code empty=N}: that one
 * has no bytes; {@code lengths}: it is what {@link NalLengths} made of the base.
 *
 * @param index in the file, from 0
 * @param samples in file order
 * @param presentation in ticks
 * @param shown 0 if no edit cuts the track off
 */
record Expected(
    int index,
    List<Bytes> samples,
    List<Long> presentation,
    long end,
    long shown,
    List<Integer> sync) {

  static List<Expected> of(OddCase odd) throws IOException {
    byte[] base = Files.readAllBytes(OddCase.base(odd.wishes().getOrDefault("like", odd.base())));
    if (odd.wishes().containsKey("lengths")) {
      base = odd.make();
    }
    OddBox file = OddBox.file(base);
    List<OddBox> traks = file.all("trak");
    List<Expected> tracks = new ArrayList<>();
    List<Integer> wanted = new ArrayList<>();
    for (int i = 1; i <= traks.size(); i++) {
      if (Arrays.asList(odd.wishes().getOrDefault("tracks", "1,2").split(",", -1))
          .contains(String.valueOf(i))) {
        wanted.add(i - 1);
      }
    }
    for (int index : wanted) {
      tracks.add(of(base, traks.get(index), index, tracks.size(), odd.wishes()));
    }
    return tracks;
  }

  private static Expected of(
      byte[] file, OddBox trak, int index, int position, Map<String, String> wishes) {
    long mediaTime = trak.find("elst").isPresent() ? trak.at("elst").fields(12).getInt() : 0;
    long shift = wish(wishes, "shift", position, 0);
    List<Bytes> samples = new ArrayList<>();
    List<Long> presentation = new ArrayList<>();
    List<Integer> sync = new ArrayList<>();
    long end = 0;
    List<SampleRow> rows = SampleRow.of(file, trak);
    if (position == 0 && wishes.containsKey("samples")) {
      String[] range = wishes.getOrDefault("samples", "").split("-", -1);
      rows = rows.subList(Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
    }
    for (SampleRow row : rows) {
      if (row.isSync()) {
        sync.add(samples.size());
      }
      boolean empty = wishes.getOrDefault("empty", "").equals(String.valueOf(samples.size()));
      samples.add(empty ? Bytes.empty() : row.data());
      presentation.add(row.decodeTime() + row.compositionOffset() - mediaTime + shift);
      end += row.duration();
    }
    if (position == 0 && wishes.containsKey("times")) {
      presentation = numbers(wishes.getOrDefault("times", "")).map(Long::valueOf).toList();
    }
    if (position == 0 && wishes.containsKey("sync")) {
      sync = numbers(wishes.getOrDefault("sync", "")).map(Integer::valueOf).toList();
    }
    return new Expected(
        index,
        samples,
        presentation,
        wish(wishes, "end", position, end),
        wish(wishes, "shown", position, 0),
        sync);
  }

  private static java.util.stream.Stream<String> numbers(String text) {
    return Arrays.stream(text.split("/", -1)).filter(number -> !number.isEmpty());
  }

  private static long wish(Map<String, String> wishes, String name, int track, long otherwise) {
    String[] values = wishes.getOrDefault(name, "").split(",", -1);
    return track < values.length && !values[track].isEmpty()
        ? Long.parseLong(values[track])
        : otherwise;
  }
}
