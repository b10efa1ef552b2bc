package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.DataDirectory;
import java.nio.file.Path;

/** {@code --data}: where the seed and jobs' outputs live. */
final class DataOption {
  static final CommandOption DATA =
      CommandOption.one(
          "--data",
          "DIR",
          "Folder with the key seed and jobs' output, mode 0700",
          "(default: KEYMUX_DATA, else the user's state folder).");

  private DataOption() {}

  /** Where it is, whether or not it exists. */
  static Path path(Arguments given, Console console) {
    Value data = given.optional(DATA);
    return data != null
        ? data.path().toAbsolutePath()
        : DataDirectory.defaultPath(
            console.environment(), Path.of(System.getProperty("user.home")));
  }

  static DataDirectory open(Arguments given, Console console) {
    return DataDirectory.open(path(given, console));
  }
}
