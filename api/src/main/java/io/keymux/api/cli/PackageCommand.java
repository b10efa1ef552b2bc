package io.keymux.api.cli;

import io.keymux.cpix.KeyExchange;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keymux package}: the main job. */
@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Makes protected HLS and DASH of MP4 files, proves it and publishes it.")
final class PackageCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PackagingOptions packaging = new PackagingOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for the result; nothing appears there before all is proved.")
  private Path output = Path.of("");

  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(names = "--json", description = "Print progress and the result as lines of JSON.")
  private boolean json;

  PackageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    PackagingJob job = packaging.job(output).build();
    KeyExchange exchange = keys.exchange(console);
    CancelToken cancel = new CancelToken();
    return Cancellation.guard(cancel, console.err(), () -> run(job, exchange, cancel));
  }

  private int run(PackagingJob job, KeyExchange exchange, CancelToken cancel)
      throws InterruptedException {
    Keymux packager = Keymux.packager().keys(exchange);
    long start = System.nanoTime();
    if (json) {
      JobResult result = packager.run(job, new ProgressLines(console.out()), cancel);
      console.out().println(ResultText.json(result, seconds(start)));
    } else {
      ProgressDisplay display = new ProgressDisplay(console.err(), console.columns());
      JobResult result;
      try {
        result = packager.run(job, display, cancel);
      } finally {
        display.end();
      }
      console.out().print(ResultText.text(result, seconds(start)));
    }
    return ExitCode.OK;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
