package io.keymux.packager.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Makes samples of cues: each holds all cues that are shown while it lasts, and a cue that goes on
 * over several samples is repeated in each.
 *
 * @see "ISO/IEC 14496-30, 7 Carriage of WebVTT"
 */
final class WvttSamples {
  /** A tick is a millisecond, as finely as WebVTT counts. */
  static final int TIMESCALE = 1000;

  private WvttSamples() {}

  /** The sample entry, whose {@code vttC} holds the header. */
  static SampleEntry entry(String header) {
    byte[] config = header.getBytes(UTF_8);
    BoxWriter out = new BoxWriter();
    out.box(
        FourCc.of("wvtt"),
        () -> out.zeros(6).u16(1).box(FourCc.of("vttC"), () -> out.bytes(config)));
    return new SampleEntry(
        "wvtt",
        Bytes.copyOf(out.toByteArray()),
        16,
        List.of(new SampleEntry.Child("vttC", Bytes.copyOf(config))),
        0,
        0,
        0,
        0);
  }

  /**
   * Adds samples from {@code samples.end()} to the end of the last cue.
   *
   * @param cues by their start, none before {@code samples.end()}
   * @param clock what was added to the times of the cues' own clock, in milliseconds
   */
  static void add(SampleList samples, List<Cue> cues, long clock) {
    TreeSet<Long> instants = new TreeSet<>();
    for (Cue cue : cues) {
      instants.add(cue.start());
      instants.add(cue.end());
    }
    List<Shown> shown = new ArrayList<>();
    int next = 0;
    for (long until : instants) {
      long from = samples.end();
      if (until > from) {
        List<Vttc> boxes = shown.stream().map(cue -> cue.box(from - clock)).toList();
        samples.add(Vttc.sample(boxes), until);
      }
      shown.removeIf(cue -> cue.cue.end() <= until);
      while (next < cues.size() && cues.get(next).start() <= until) {
        Cue cue = cues.get(next);
        Long firstBreak = instants.higher(cue.start());
        boolean split = firstBreak != null && firstBreak < cue.end();
        shown.add(new Shown(cue, split ? next : -1));
        next++;
      }
    }
  }

  /**
   * A cue that is on the screen.
   *
   * @param source its number if it goes on over several samples, else -1
   */
  private record Shown(Cue cue, int source) {
    Vttc box(long time) {
      String own = VttTime.isInside(cue.text()) ? VttTime.format(Math.max(0, time)) : "";
      Vttc whole = new Vttc(null, cue.id(), own, cue.settings(), cue.text(), List.of());
      return source < 0 ? whole : whole.from(source);
    }
  }
}
