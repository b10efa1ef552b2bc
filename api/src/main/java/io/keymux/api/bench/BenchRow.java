package io.keymux.api.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one case: medians over the rounds that count.
 *
 * @param onceName the name of the same case with the input once
 * @param loops how many times over the media was packaged
 * @param bytes of input
 * @param timesFloor median of the ratios to {@code cp} of the same round; null if the inputs differ
 * @param timesGpac the same to GPAC with this scheme and layout; null if it was not measured or the
 *     inputs differ
 * @param cpuSecondsPerGigabyte of input, 10^9 bytes
 * @param commands what was run
 * @param runs each round that counts
 */
public record BenchRow(
    String name,
    String onceName,
    int loops,
    long bytes,
    double wallSeconds,
    double wallMinSeconds,
    double wallMaxSeconds,
    double megabytesPerSecond,
    @Nullable Double timesFloor,
    @Nullable Double timesGpac,
    double cpuSecondsPerGigabyte,
    long peakRssBytes,
    List<String> commands,
    List<Measurement> runs) {

  static BenchRow of(Label label, Results.Runs runs, Results all) {
    long bytes = runs.of().inputs().bytes();
    int loops = runs.of().inputs().loops();
    boolean comparable = loops == 1;
    double wall = runs.median(Measurement::wallSeconds);
    List<Double> walls = runs.measured().stream().map(Measurement::wallSeconds).sorted().toList();
    return new BenchRow(
        label.name(),
        label.name().replace(", " + OwnCases.looped(loops), ""),
        loops,
        bytes,
        wall,
        walls.get(0),
        walls.get(walls.size() - 1),
        bytes / 1e6 / wall,
        comparable ? boxed(all.ratio(label, Label.FLOOR)) : null,
        comparable ? boxed(all.ratio(label, label.by(Label.GPAC))) : null,
        runs.median(Measurement::cpuSeconds) / (bytes / 1e9),
        Math.round(runs.median(Measurement::peakRssBytes)),
        runs.of().commands(),
        runs.measured());
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
