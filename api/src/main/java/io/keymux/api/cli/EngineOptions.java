package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.packager.Engine;
import io.keymux.packager.bento4.KeysOnArgv;
import io.keymux.packager.tool.ToolFinder;
import java.util.List;

/** Which engine encrypts, and whether it may show keys to other users of this machine. */
final class EngineOptions {
  private static final CommandOption ENGINE =
      CommandOption.one(
              "--engine",
              "ENGINE",
              "native, or bento4: mp4fragment and mp4encrypt of Bento4,",
              "which take keys as arguments (default: {default}).")
          .orElse("native");
  private static final CommandOption ALLOW_KEYS_ON_ARGV =
      CommandOption.flag(
          "--allow-keys-on-argv",
          "With bento4: let keys be visible in the process list of this",
          "machine while it runs.");

  static final List<CommandOption> OPTIONS = List.of(ENGINE, ALLOW_KEYS_ON_ARGV);

  private EngineOptions() {}

  /** Whether it is Bento4's. */
  static boolean isBento4(Arguments given) {
    return Converters.oneOf(given.value(ENGINE), "native", "bento4").equals("bento4");
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code keys-on-argv-not-allowed} if neither this
   *     command nor the configuration allows it, or {@code tool-not-found}
   */
  static Engine engine(Arguments given, Console console) {
    if (!isBento4(given)) {
      return Engine.NATIVE;
    }
    KeysOnArgv consent =
        given.has(ALLOW_KEYS_ON_ARGV)
            ? KeysOnArgv.ALLOWED
            : KeyOptions.configFile(given, console).keysOnArgv(console.environment());
    return Engine.bento4(consent, new ToolFinder(console.environment(), null));
  }
}
