package io.keymux.testvectors.corpus;

import io.keymux.cpix.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sample of a whole progressive file.
 *
 * @param decodeTime in ticks
 * @param compositionOffset in ticks
 * @param duration in ticks
 */
record SampleRow(Bytes data, int decodeTime, int compositionOffset, int duration, boolean isSync) {

  /** The samples of one track, read for tables as ffmpeg writes them. */
  static List<SampleRow> of(byte[] file, OddBox trak) {
    int[] durations = runs(trak, "stts");
    int[] offsets = trak.find("ctts").isPresent() ? runs(trak, "ctts") : new int[durations.length];
    Set<Integer> sync = sync(trak);
    ByteBuffer stsz = trak.at("stsz").fields(4);
    int uniform = stsz.getInt();
    int count = stsz.getInt();
    ByteBuffer stco = trak.at("stco").fields(4);
    ByteBuffer stsc = trak.at("stsc").fields(8);
    List<SampleRow> rows = new ArrayList<>();
    int chunks = stco.getInt();
    int time = 0;
    int perChunk = 0;
    for (int chunk = 1; chunk <= chunks; chunk++) {
      if (stsc.hasRemaining() && stsc.getInt(stsc.position()) == chunk) {
        stsc.getInt();
        perChunk = stsc.getInt();
        stsc.getInt();
      }
      int at = stco.getInt();
      for (int i = 0; i < perChunk; i++) {
        int n = rows.size();
        int size = uniform == 0 ? stsz.getInt() : uniform;
        rows.add(
            new SampleRow(
                Bytes.copyOf(Arrays.copyOfRange(file, at, at + size)),
                time,
                offsets[n],
                durations[n],
                sync.isEmpty() || sync.contains(n + 1)));
        at += size;
        time += durations[n];
      }
    }
    if (rows.size() != count) {
      throw new IllegalStateException("stsz counts " + count + " samples, stsc " + rows.size());
    }
    return rows;
  }

  private static int[] runs(OddBox trak, String table) {
    ByteBuffer fields = trak.at(table).fields(8);
    int[] values = new int[0];
    while (fields.hasRemaining()) {
      int length = fields.getInt();
      int from = values.length;
      values = Arrays.copyOf(values, from + length);
      Arrays.fill(values, from, from + length, fields.getInt());
    }
    return values;
  }

  private static Set<Integer> sync(OddBox trak) {
    Set<Integer> sync = new HashSet<>();
    trak.find("stss")
        .ifPresent(
            stss -> {
              ByteBuffer fields = stss.fields(8);
              while (fields.hasRemaining()) {
                sync.add(fields.getInt());
              }
            });
    return sync;
  }
}
