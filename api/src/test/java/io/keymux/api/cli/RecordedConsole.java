package io.keymux.api.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
final class RecordedConsole {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  /** The exit code of a command line; nobody watches, and there is no input. */
  int run(Map<String, String> environment, String... args) {
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            environment,
            0);
    return Cli.run(console, args);
  }

  void forget() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }
}
