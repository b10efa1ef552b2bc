package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleGroup;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the sample groups of a track's output against those of its input, sample by sample: where
 * decoders start, and how far they must roll. Those of keys are looked at elsewhere.
 *
 * @see "ISO/IEC 14496-12, 8.9 Sample group structures"
 */
final class SampleGroupCheck {
  private static final int KEYS = FourCc.of("seig");

  private final Map<Integer, List<Bytes>> described = new HashMap<>();
  private final Map<Kind, List<Run>> found = new LinkedHashMap<>();
  private final int first;
  private int sample;

  private record Kind(int type, @Nullable Long parameter) {}

  /** Samples with one description. */
  private record Run(int first, int end, Bytes description) {}

  /**
   * @param first index in the input of the output's first sample
   */
  SampleGroupCheck(int first) {
    this.first = first;
    this.sample = first;
  }

  /**
   * Takes the {@code moov}, then each {@code moof}, of a file with one track.
   *
   * @throws io.keymux.cpix.box.MalformedBoxException if a group cannot be read
   */
  void take(BoxReader.Box box) {
    List<BoxReader.Box> groups = new ArrayList<>();
    int samples = 0;
    List<BoxReader> open = new ArrayList<>(List.of(box.body()));
    while (!open.isEmpty()) {
      BoxReader reader = open.remove(open.size() - 1);
      while (reader.hasRemaining()) {
        BoxReader.Box child = reader.box();
        switch (child.name()) {
          case "trak", "mdia", "minf", "stbl", "traf" -> open.add(child.body());
          case "sgpd" -> describe(child.body());
          case "sbgp" -> groups.add(child);
          case "trun" -> {
            child.body().skip(4);
            samples += child.body().i32();
          }
          default -> {}
        }
      }
    }
    groups.forEach(group -> map(group.body()));
    sample += samples;
  }

  /** Version 1, which is what is written. */
  private void describe(BoxReader in) {
    in.skip(4);
    int type = in.i32();
    long length = in.u32();
    List<Bytes> descriptions = new ArrayList<>();
    for (int left = in.count(1, "sgpd entry"); left > 0 && type != KEYS; left--) {
      int size = length == 0 ? in.i32() : (int) length;
      descriptions.add(Bytes.copyOf(in.bytes(size, "sgpd entry")));
    }
    if (type != KEYS) {
      described.put(type, descriptions);
    }
  }

  private void map(BoxReader in) {
    boolean parameter = in.i32() >>> 24 >= 1;
    int type = in.i32();
    if (type == KEYS) {
      return;
    }
    Kind kind = new Kind(type, parameter ? in.u32() : null);
    int at = sample;
    for (int left = in.count(8, "sbgp entry"); left > 0; left--) {
      int end = at + in.i32();
      int index = in.i32();
      List<Bytes> descriptions = described.getOrDefault(type, List.of());
      if (index < 0 || index > descriptions.size()) {
        throw in.malformed("sample group description %d does not exist".formatted(index));
      }
      if (index > 0) {
        append(found, kind, new Run(at, end, descriptions.get(index - 1)));
      }
      at = end;
    }
  }

  private static void append(Map<Kind, List<Run>> runs, Kind kind, Run run) {
    List<Run> of = runs.computeIfAbsent(kind, k -> new ArrayList<>());
    Run last = of.isEmpty() ? null : of.get(of.size() - 1);
    if (last != null && last.end() == run.first() && last.description().equals(run.description())) {
      of.set(of.size() - 1, new Run(last.first(), run.end(), run.description()));
    } else {
      of.add(run);
    }
  }

  /**
   * Says which kinds of groups differ from the input's.
   *
   * @param place of the track, for findings
   */
  void check(TrackPlan plan, String place, Consumer<Finding> findings) {
    Map<Kind, List<Run>> wanted = wanted(plan);
    Map<Kind, List<Run>> all = new LinkedHashMap<>(wanted);
    all.putAll(found);
    for (Kind kind : all.keySet()) {
      List<Run> expected = wanted.getOrDefault(kind, List.of());
      List<Run> seen = found.getOrDefault(kind, List.of());
      if (!expected.equals(seen)) {
        findings.accept(
            Finding.error(
                "sample-group-differs",
                place,
                "%s is not as in the input from sample %d on"
                    .formatted(FourCc.name(kind.type()), firstDifference(expected, seen))));
      }
    }
  }

  private Map<Kind, List<Run>> wanted(TrackPlan plan) {
    int end = plan.segments().get(plan.segments().size() - 1).endSample();
    Map<Kind, List<Run>> wanted = new LinkedHashMap<>();
    for (SampleGroup group : plan.source().media().groups()) {
      int at = first;
      for (SampleGroup.Run run : group.runs(first, end)) {
        if (run.index() > 0) {
          Bytes description = group.descriptions().get(run.index() - 1);
          Kind kind = new Kind(group.type(), group.parameter());
          append(wanted, kind, new Run(at, at + run.samples(), description));
        }
        at += run.samples();
      }
    }
    return wanted;
  }

  private static int firstDifference(List<Run> expected, List<Run> seen) {
    int alike = 0;
    while (alike < Math.min(expected.size(), seen.size())
        && expected.get(alike).equals(seen.get(alike))) {
      alike++;
    }
    int first = Integer.MAX_VALUE;
    for (List<Run> runs : List.of(expected, seen)) {
      first = alike < runs.size() ? Math.min(first, runs.get(alike).first()) : first;
    }
    return first;
  }
}
