package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildCpuTest {

  @Test
  void parse_nameWithBracketsAndSpaces_findsTheTimesOfChildren() {
    String stat =
        "42 (a) b (c) S 1 42 42 0 -1 4194304 100 200 3 4 70 80 250 30 20 0 12 0 9876 100 200\n";

    assertThat(ChildCpu.parse(stat)).isEqualTo(Duration.ofMillis(2800));
  }

  /** The grandchildren do the work, which samples of the child would miss. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void toolCase_workInGrandchildren_isCounted() throws Exception {
    String work = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
    ToolCase busy =
        new ToolCase(
            Label.FLOOR,
            new BenchInputs(List.of(), List.of(), 0, 1),
            out ->
                List.of(
                    ToolCommand.of(Path.of("/bin/sh"))
                        .args("-c", "sh -c '%s'; sh -c '%s'; true".formatted(work, work))));

    Measurement measured = busy.run(Path.of("out"));

    assertThat(measured.cpuSeconds()).isBetween(0.05, measured.wallSeconds() + 0.02);
    assertThat(measured.peakRssBytes()).isPositive();
  }
}
