package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  private static final Label COLD = new Label(Label.COLD, ProtectionScheme.CENC, Layout.SEGMENTS);
  private static final Label GPAC = COLD.by(Label.GPAC);
  private static final BenchInputs INPUTS = new BenchInputs(List.of(), List.of(), 2_000_000_000, 1);

  private final Map<Label, Results.Runs> runs = new LinkedHashMap<>();

  /** Medians alone would say 2.0: round 2 was slow for both. */
  @Test
  void asFastAs_threeRounds_takesTheMedianOfThePairedRatios() {
    measured(COLD, 1.0, 4.0, 2.0);
    measured(GPAC, 3.0, 4.0, 5.0);

    TargetResult result = Targets.asFastAs(COLD, 2.6, GPAC).check(results());

    assertThat(result.measured()).isEqualTo(2.5);
    assertThat(result.met()).isFalse();
    assertThat(result.wanted()).isEqualTo(">= 2.6 x as fast as GPAC");
    assertThat(result.measuredText()).isEqualTo("2.50");
  }

  @Test
  void asFastAs_severalOthers_comparesWithTheFastest() {
    measured(COLD, 1.0);
    measured(GPAC, 3.0);
    measured(GPAC.as(Layout.SINGLE_FILE), 2.0);

    assertThat(Targets.asFastAs(COLD, 2, Targets.gpac(COLD)).check(results()).measured())
        .isEqualTo(2.0);
  }

  @ParameterizedTest
  @CsvSource({"1.5, true", "1.4999, false"})
  void atMost_limit_isIncluded(double limit, boolean met) {
    measured(COLD, 1.5);
    measured(Label.FLOOR, 1.0);

    assertThat(Targets.atMost(COLD, limit, Label.FLOOR).check(results()).met()).isEqualTo(met);
  }

  @Test
  void cpuAndRss_twoGigabytes_areForOneAndInMegabytes() {
    measured(COLD, 1.0);

    assertThat(Targets.cpu(COLD).check(results()).measured()).isEqualTo(0.25);
    assertThat(Targets.rss(COLD).check(results()).measured()).isEqualTo(100);
  }

  @Test
  void throughput_ninefoldInputInTenfoldTime_isNineTenths() {
    Label looped = COLD.with(OwnCases.looped(9));
    measured(COLD, 1.0);
    runs.put(
        looped,
        new Results.Runs(
            named(looped, new BenchInputs(List.of(), List.of(), 18_000_000_000L, 9)),
            List.of(new Measurement(10, 1, 1))));

    TargetResult result = Targets.throughput(looped, 0.8, COLD).check(results());

    assertThat(result.measured()).isEqualTo(0.9);
    assertThat(result.met()).isTrue();
  }

  @Test
  void check_peerIsMissing_isNotMeasured() {
    measured(COLD, 1.0);

    TargetResult result = Targets.asFastAs(COLD, 2, GPAC).check(results());

    assertThat(result.met()).isNull();
    assertThat(result.measuredText()).isEqualTo("not measured");
  }

  @Test
  void check_smallHeapFailed_isNotMet() {
    Label small = COLD.with("-Xmx64m");
    Target target = Targets.memory(COLD).get(1);

    TargetResult failed = target.check(new Results(runs, List.of(small)));
    measured(small, 1.0);
    TargetResult ended = target.check(results());

    assertThat(failed.met()).isFalse();
    assertThat(failed.measuredText()).isEqualTo("failed");
    assertThat(ended.met()).isTrue();
    assertThat(ended.wanted()).isEqualTo("runs");
    assertThat(ended.measuredText()).isEqualTo("1.00 s");
  }

  @ParameterizedTest
  @CsvSource({"9.0;1.0;2.0, 2", "9.0;1.0;2.0;4.0, 3"})
  void median_ofOddAndEvenCounts_isTheMiddle(String values, double median) {
    List<Double> all = new ArrayList<>();
    for (String value : values.split(";", -1)) {
      all.add(Double.valueOf(value));
    }
    assertThat(Median.of(all)).isEqualTo(median);
  }

  private void measured(Label label, double... walls) {
    List<Measurement> all = new ArrayList<>();
    for (double wall : walls) {
      all.add(new Measurement(wall, 0.5, 100_000_000));
    }
    runs.put(label, new Results.Runs(named(label, INPUTS), all));
  }

  private static BenchCase named(Label label, BenchInputs inputs) {
    return new ToolCase(label, inputs, out -> List.of());
  }

  private Results results() {
    return new Results(runs, List.of());
  }
}
