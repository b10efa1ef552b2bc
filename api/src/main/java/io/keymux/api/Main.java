package io.keymux.api;

import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import io.keymux.packager.encrypt.CipherWarmUp;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Starts the command line; the only place that touches the process' own streams. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Console console =
        new Console(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            System.in,
            System.getenv(),
            Integer.getInteger("keymux.columns", 0));
    System.exit(run(console, args));
  }

  /**
   * Runs one command.
   *
   * @return its exit code
   */
  public static int run(Console console, String... args) {
    if (args.length > 0 && args[0].equals("package")) {
      CipherWarmUp.start();
    }
    return Cli.run(console, args);
  }
}
