package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.cpix.KeyExchange;
import io.keymux.packager.Engine;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.util.ArrayList;
import java.util.List;

/** {@code keymux package}: the main job. */
record PackageCommand(Console console) implements Command {
  static final CommandOption OUTPUT =
      CommandOption.one(
              "--output",
              "DIR",
              "Folder for the result; nothing appears there before all is proved.")
          .withLetter("o")
          .mandatory();
  static final CommandOption JSON =
      CommandOption.flag("--json", "Print progress and the result as lines of JSON.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(PackagingOptions.OPTIONS);
    options.add(OUTPUT);
    options.addAll(SignalingOptions.OPTIONS);
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
    try {
      Keymux packager = Keymux.packager().engine(engine).keys(exchange);
      return new JobRun(console, given.has(JSON)).run(packager, job);
    } finally {
      KeyOptions.close(exchange);
    }
  }
}
