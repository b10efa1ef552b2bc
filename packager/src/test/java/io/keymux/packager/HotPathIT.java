package io.keymux.packager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Short runs of the benchmarks, each against a copy of the same bytes in the same process. The
 * margin is wide: what fails here has lost an order of magnitude, such as the AES instructions.
 */
@Isolated("it measures")
class HotPathIT {
  private static final Path SAMPLES =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  private static Map<String, Double> microseconds;

  @BeforeAll
  static void run() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io.keymux.packager.*Benchmark")
                    .param("samples", SAMPLES.toString())
                    .forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(300))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(200))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    microseconds =
        results.stream()
            .collect(
                Collectors.toMap(
                    r -> shortName(r.getParams().getBenchmark()),
                    r -> r.getPrimaryResult().getScore()));
  }

  @ParameterizedTest
  @CsvSource({
    "SampleCipherBenchmark.cenc, SampleCipherBenchmark.arrayCopy, 30",
    "SampleCipherBenchmark.cbcs, SampleCipherBenchmark.arrayCopy, 50",
    "SliceHeaderBenchmark.layOut, SliceHeaderBenchmark.arrayCopy, 20",
    "FragmentBenchmark.build, FragmentBenchmark.arrayCopy, 20",
    "SegmentEncryptorBenchmark.cenc, SegmentEncryptorBenchmark.arrayCopy, 60",
    "SegmentEncryptorBenchmark.cbcs, SegmentEncryptorBenchmark.arrayCopy, 60",
    "MovieReaderBenchmark.readMovie, MovieReaderBenchmark.arrayCopy, 50",
  })
  void score_besideArrayCopy_isWithinTheMargin(String benchmark, String copy, double times) {
    assertThat(microseconds(benchmark))
        .as("%s against %s, in µs", benchmark, copy)
        .isPositive()
        .isLessThan(times * microseconds(copy));
  }

  private static double microseconds(String benchmark) {
    return Objects.requireNonNull(microseconds.get(benchmark), benchmark);
  }

  private static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }
}
