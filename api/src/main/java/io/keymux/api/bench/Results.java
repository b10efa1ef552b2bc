package io.keymux.api.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The runs of all cases that ran to the end, one for each round, so that the runs of one round can
 * be compared.
 *
 * @param failed the cases that were tried and could not be measured
 */
record Results(Map<Label, Runs> runs, List<Label> failed) {

  /**
   * @param measured one for each round
   */
  record Runs(BenchCase of, List<Measurement> measured) {

    /** Of one figure. */
    double median(ToDoubleFunction<Measurement> figure) {
      return Median.of(measured.stream().map(figure::applyAsDouble).toList());
    }
  }

  Results {
    runs = new LinkedHashMap<>(runs);
    failed = List.copyOf(failed);
  }

  /** Of its input; only for a case that was measured. */
  long bytes(Label label) {
    return Objects.requireNonNull(runs.get(label), label.name()).of().inputs().bytes();
  }

  /** How many times as long as the other case one took: the median over the rounds. */
  OptionalDouble ratio(Label one, Label other) {
    Runs above = runs.get(one);
    Runs below = runs.get(other);
    if (above == null || below == null) {
      return OptionalDouble.empty();
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.measured().size(); i++) {
      ratios.add(above.measured().get(i).wallSeconds() / below.measured().get(i).wallSeconds());
    }
    return OptionalDouble.of(Median.of(ratios));
  }

  /** The median of one figure. */
  OptionalDouble median(Label label, ToDoubleFunction<Measurement> figure) {
    Runs found = runs.get(label);
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.median(figure));
  }

  /** The one with the smallest median of those that were measured; the first if none was. */
  Label fastest(Label... labels) {
    return Stream.of(labels)
        .filter(runs::containsKey)
        .min(
            Comparator.comparingDouble(
                label -> median(label, Measurement::wallSeconds).orElseThrow()))
        .orElse(labels[0]);
  }
}
