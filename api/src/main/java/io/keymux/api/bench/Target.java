package io.keymux.api.bench;

import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure that we want to reach.
 *
 * @param subject the case that must reach it
 * @param bound how the figure must stand to the limit
 * @param limit ignored for {@link Bound#ENDS_WELL}
 * @param unit of figure and limit: {@code x cp}
 * @param figure empty if a case that it needs was not measured
 */
record Target(
    Label subject,
    Bound bound,
    double limit,
    String unit,
    Function<Results, OptionalDouble> figure) {

  /** How a figure must stand to its limit. */
  enum Bound {
    AT_MOST("<= "),
    AT_LEAST(">= "),
    /** The figure tells how long it took; it is enough that it came to an end. */
    ENDS_WELL("runs");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }

    private boolean holds(double figure, double limit) {
      return switch (this) {
        case AT_MOST -> figure <= limit;
        case AT_LEAST -> figure >= limit;
        case ENDS_WELL -> true;
      };
    }
  }

  TargetResult check(Results results) {
    String wanted =
        bound == Bound.ENDS_WELL ? bound.sign : bound.sign + ReportText.decimal(limit) + " " + unit;
    if (results.failed().contains(subject)) {
      return new TargetResult(subject.name(), wanted, null, unit, false);
    }
    OptionalDouble measured = figure.apply(results);
    @Nullable Double value = measured.isPresent() ? (Double) measured.getAsDouble() : null;
    return new TargetResult(
        subject.name(), wanted, value, unit, value == null ? null : bound.holds(value, limit));
  }
}
