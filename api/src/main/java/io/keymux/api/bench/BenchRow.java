package io.keymux.api.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The figures of one case: medians over the rounds that count.
 *
 * @param timesFloor median of the ratios to {@code cp} of the same round
 * @param cpuSecondsPerGigabyte of input, 10^9 bytes
 * @param commands what was run
 */
public record BenchRow(
    String name,
    double wallSeconds,
    double wallMinSeconds,
    double wallMaxSeconds,
    double megabytesPerSecond,
    double timesFloor,
    double cpuSecondsPerGigabyte,
    long peakRssBytes,
    List<String> commands) {

  /**
   * @param runs one for each round
   * @param floor the floor's runs of the same rounds
   */
  static BenchRow of(
      BenchCase measured, List<Measurement> runs, List<Measurement> floor, long bytes) {
    List<Double> walls = runs.stream().map(Measurement::wallSeconds).sorted().toList();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      ratios.add(runs.get(i).wallSeconds() / floor.get(i).wallSeconds());
    }
    double wall = median(walls);
    return new BenchRow(
        measured.name(),
        wall,
        walls.get(0),
        walls.get(walls.size() - 1),
        bytes / 1e6 / wall,
        median(ratios),
        median(runs.stream().map(Measurement::cpuSeconds).toList()) / (bytes / 1e9),
        Math.round(median(runs.stream().map(run -> (double) run.peakRssBytes()).toList())),
        measured.commands());
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
