package io.keymux.api.bench;

import java.util.List;
import java.util.Locale;

/** The kind of input decides which targets apply. */
public enum TargetSet {
  /** A gigabyte in one file: throughput counts. */
  LARGE,
  /** A minute in several renditions: the start counts. */
  LADDER;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<Target> targets(BenchSettings settings) {
    return this == LARGE ? LargeTargets.of(settings.loops()) : LadderTargets.of();
  }
}
