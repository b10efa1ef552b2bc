package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.packager.Engine;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import java.util.ArrayList;
import java.util.List;

/** {@code keymux package}: the main job. */
record PackageCommand(Console console) implements Command {
  private static final CommandOption OUTPUT =
      CommandOption.one(
              "--output",
              "DIR",
              "Folder for the result; nothing appears there before all is proved.")
          .withLetter("o")
          .mandatory();
  private static final CommandOption JSON =
      CommandOption.flag("--json", "Print progress and the result as lines of JSON.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(PackagingOptions.OPTIONS);
    options.add(OUTPUT);
    options.addAll(EngineOptions.OPTIONS);
    options.addAll(KeyOptions.OPTIONS);
    options.add(JSON);
    return Syntax.of(
        "keymux package",
        List.of("Makes protected HLS and DASH of MP4 files, proves it and publishes it."),
        PackagingOptions.INPUTS,
        options);
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    PackagingJob job = PackagingOptions.job(given, given.value(OUTPUT).path(), console).build();
    Engine engine = EngineOptions.engine(given, console);
    KeyExchange exchange = KeyOptions.exchange(given, console);
    CancelToken cancel = new CancelToken();
    Cancellation cancellation = Cancellation.of(cancel);
    try {
      run(job, Keymux.packager().engine(engine).keys(exchange), cancel, given.has(JSON));
      return ExitCode.OK;
    } catch (DrmException e) {
      return cancellation.report(e, console);
    } finally {
      cancellation.end();
      KeyOptions.close(exchange);
    }
  }

  private void run(PackagingJob job, Keymux packager, CancelToken cancel, boolean json)
      throws InterruptedException {
    long start = System.nanoTime();
    if (json) {
      JobResult result = packager.run(job, new ProgressLines(console.out()), cancel);
      console.out().println(ResultJson.line(result, seconds(start)));
      return;
    }
    ProgressDisplay display = new ProgressDisplay(console.err(), console.columns());
    JobResult result;
    try {
      result = packager.run(job, display, cancel);
    } finally {
      display.end();
    }
    console.out().print(ResultText.of(result, seconds(start)));
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
