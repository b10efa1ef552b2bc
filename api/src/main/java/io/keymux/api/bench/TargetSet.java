package io.keymux.api.bench;

import java.util.List;
import java.util.Locale;

/** The kind of input decides which targets apply. */
public enum TargetSet {
  /** A gigabyte in one file: throughput counts. */
  LARGE,
  /** A minute in several renditions: the start counts. */
  LADDER,
  /** A gigabyte in one file as HLS with AES-128, which is all that is measured then. */
  AES_128;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<Target> targets(BenchSettings settings) {
    return switch (this) {
      case LARGE -> LargeTargets.of(settings.loops());
      case LADDER -> LadderTargets.of();
      case AES_128 -> Aes128Targets.of();
    };
  }
}
