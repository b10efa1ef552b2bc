package io.keymux.api.cli;

import io.keymux.api.config.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}: where the seed and jobs' outputs live. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder with the key seed and jobs' output, mode 0700",
        "(default: KEYMUX_DATA, else the user's state folder)."
      })
  private @Nullable Path data;

  /** Where it is, whether or not it exists. */
  Path path(Console console) {
    return data != null
        ? data.toAbsolutePath()
        : DataDirectory.defaultPath(
            console.environment(), Path.of(System.getProperty("user.home")));
  }

  DataDirectory open(Console console) {
    return DataDirectory.open(path(console));
  }
}
