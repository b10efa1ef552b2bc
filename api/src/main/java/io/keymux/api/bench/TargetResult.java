package io.keymux.api.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A target, and how far it is met.
 *
 * @param what is measured: {@code warm engine, cenc, segments}
 * @param wanted {@code <= 1 x cp}
 * @param measured null if it was not, or failed
 * @param unit of what was measured: {@code x cp}
 * @param met null if nothing was measured
 */
public record TargetResult(
    String what, String wanted, @Nullable Double measured, String unit, @Nullable Boolean met) {

  String measuredText() {
    if (measured == null) {
      return met == null ? "not measured" : "failed";
    }
    String number = String.format(Locale.ROOT, "%.2f", measured);
    return wanted.endsWith(" " + unit) ? number : number + " " + unit;
  }
}
