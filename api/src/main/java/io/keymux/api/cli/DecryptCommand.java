package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code keymux decrypt}: a job that encrypts nothing, for those who hold the keys of its input.
 */
record DecryptCommand(Console console) implements Command {
  @Override
  public Syntax syntax() {
    List<CommandOption> options = new ArrayList<>();
    options.add(PackageCommand.OUTPUT);
    options.add(SourceKeys.OPTION);
    options.addAll(KnownKeys.OPTIONS);
    options.addAll(PackagingOptions.OUTPUT_OPTIONS);
    options.add(PackageCommand.JSON);
    return Syntax.of(
        "keymux decrypt",
        List.of("Makes clear HLS and DASH of encrypted media, and proves it."),
        PackagingOptions.INPUTS,
        options);
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    PackagingJob.Builder job =
        PackagingOptions.output(given, RemoteFiles.local(given.value(PackageCommand.OUTPUT)))
            .schedule(KeySchedule.NEVER);
    Map<KeyId, SecretBytes> keys = KnownKeys.known(given, console);
    for (ContentKey key : SourceKeys.file(given, console)) {
      KnownKeys.put(keys, key.id(), key.value(), "--source-keys");
    }
    try (RemoteFiles remote = new RemoteFiles(given, console)) {
      PackagingOptions.addInputs(job, given, SourceKeys.of(keys), remote, console);
      return new JobRun(console, given.has(PackageCommand.JSON), null)
          .run(Keymux.packager(), job.build());
    }
  }
}
