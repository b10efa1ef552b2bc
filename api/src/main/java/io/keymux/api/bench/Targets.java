package io.keymux.api.bench;

import io.keymux.api.bench.Target.Bound;
import io.keymux.packager.media.Layout;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The kinds of targets. Ratios are those of each round, then their median; where the other has
 * several cases, the one with the smallest median counts.
 */
final class Targets {
  private static final double CPU_SECONDS = 0.9;
  private static final double RSS_MEGABYTES = 160;

  private Targets() {}

  /** Both layouts: it may be faster with the one that we are not compared in. */
  static Label[] gpac(Label subject) {
    Label gpac = subject.by(Label.GPAC);
    return new Label[] {gpac.as(Layout.SEGMENTS), gpac.as(Layout.SINGLE_FILE)};
  }

  /** Takes at most {@code limit} times as long as the fastest of the others. */
  static Target atMost(Label subject, double limit, Label... others) {
    return new Target(
        subject,
        Bound.AT_MOST,
        limit,
        "x " + who(others),
        results -> results.ratio(subject, results.fastest(others)));
  }

  /** The fastest of the others takes at least {@code limit} times as long. */
  static Target asFastAs(Label subject, double limit, Label... others) {
    return new Target(
        subject,
        Bound.AT_LEAST,
        limit,
        "x as fast as " + who(others),
        results -> results.ratio(results.fastest(others), subject));
  }

  static Target seconds(Label subject, double limit) {
    return new Target(
        subject,
        Bound.AT_MOST,
        limit,
        "s",
        results -> results.median(subject, Measurement::wallSeconds));
  }

  static Target cpu(Label subject) {
    return new Target(
        subject,
        Bound.AT_MOST,
        CPU_SECONDS,
        "CPU s/GB",
        results -> {
          OptionalDouble seconds = results.median(subject, Measurement::cpuSeconds);
          return seconds.isEmpty()
              ? seconds
              : OptionalDouble.of(seconds.getAsDouble() / (results.bytes(subject) / 1e9));
        });
  }

  /** Peak RSS, and that a small heap is enough. */
  static List<Target> memory(Label cold) {
    Label small = cold.with("-Xmx" + OwnCases.SMALL_HEAP + "m");
    return List.of(
        rss(cold),
        new Target(
            small,
            Bound.ENDS_WELL,
            0,
            "s",
            results -> results.median(small, Measurement::wallSeconds)));
  }

  static Target rss(Label subject) {
    return new Target(
        subject,
        Bound.AT_MOST,
        RSS_MEGABYTES,
        "MB RSS",
        results -> results.median(subject, run -> run.peakRssBytes() / 1e6));
  }

  /** Bytes a second, beside those of another input. */
  static Target throughput(Label subject, double limit, Label other) {
    return new Target(
        subject,
        Bound.AT_LEAST,
        limit,
        "x the throughput of the input once",
        results -> {
          OptionalDouble wall = results.ratio(other, subject);
          return wall.isEmpty()
              ? wall
              : OptionalDouble.of(
                  wall.getAsDouble() * results.bytes(subject) / results.bytes(other));
        });
  }

  private static String who(Label... others) {
    return others.length == 1
        ? others[0].program()
        : others[0].program() + " (its fastest of " + others.length + ")";
  }
}
