package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.storage.Destination;
import io.keymux.api.storage.StorageUrl;
import io.keymux.cpix.KeyExchange;
import io.keymux.packager.Engine;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux package}: the main job. */
record PackageCommand(Console console) implements Command {
  static final CommandOption OUTPUT =
      CommandOption.one(
              "--output",
              "DIR",
              "Folder for the result, or s3://BUCKET/PREFIX/; nothing appears there",
              "before all is proved.")
          .withLetter("o")
          .mandatory();
  private static final CommandOption REPLACE =
      CommandOption.flag("--replace", "Replace the result that is in the bucket already.");
  static final CommandOption JSON =
      CommandOption.flag("--json", "Print progress and the result as lines of JSON.");

  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>(PackagingOptions.OPTIONS);
    options.add(OUTPUT);
    options.add(REPLACE);
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
    try (RemoteFiles remote = new RemoteFiles(given, console)) {
      Value output = given.value(OUTPUT);
      if (!StorageUrl.isRemote(output.text())) {
        return run(given, output.path(), remote, null);
      }
      Destination destination = remote.output(output.text(), given.has(REPLACE));
      try (TemporaryFolder work = TemporaryFolder.make()) {
        return run(given, work.path(), remote, destination);
      }
    }
  }

  private int run(
      Arguments given, Path output, RemoteFiles remote, @Nullable Destination destination)
      throws InterruptedException {
    PackagingJob job = PackagingOptions.job(given, output, remote, console).build();
    Engine engine = EngineOptions.engine(given, console);
    KeyExchange exchange = KeyOptions.exchange(given, console);
    try {
      Keymux packager = Keymux.packager().engine(engine).keys(exchange);
      return new JobRun(console, given.has(JSON), destination).run(packager, job);
    } finally {
      KeyOptions.close(exchange);
    }
  }
}
