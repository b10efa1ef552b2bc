package io.keymux.api.bench;

import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolResult;
import io.keymux.packager.tool.ToolRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One or several programs, one after the other. Nothing else may start processes meanwhile: their
 * time would count here.
 *
 * @param commandLines for an output folder
 */
record ToolCase(Label label, BenchInputs inputs, Function<Path, List<ToolCommand>> commandLines)
    implements BenchCase {
  private static final Duration TIMEOUT = Duration.ofMinutes(20);
  private static final double NANOS = 1e9;

  @Override
  public List<String> commands() {
    return commandLines.apply(Path.of("out")).stream().map(ToolCommand::toString).toList();
  }

  @Override
  public Measurement run(Path out) throws InterruptedException {
    ToolRunner runner = new ToolRunner(TIMEOUT);
    Measurement sum = new Measurement(0, 0, 0);
    for (ToolCommand command : commandLines.apply(out)) {
      Optional<Duration> before = ChildCpu.total();
      ToolResult result = runner.run(command);
      Duration cpu =
          before
              .flatMap(start -> ChildCpu.total().map(end -> end.minus(start)))
              .orElse(result.cpu());
      sum =
          sum.then(
              new Measurement(
                  result.wall().toNanos() / NANOS, cpu.toNanos() / NANOS, result.peakRssBytes()));
    }
    return sum;
  }
}
