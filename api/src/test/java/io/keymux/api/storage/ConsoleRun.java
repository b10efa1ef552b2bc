package io.keymux.api.storage;

import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** What a command line in this process gave. */
record ConsoleRun(int code, String out, String err) {
  static ConsoleRun of(Path data, Path config, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            Map.of("KEYMUX_DATA", data.toString(), "KEYMUX_CONFIG", config.toString()),
            0);
    return new ConsoleRun(Cli.run(console, arguments), out.toString(), err.toString());
  }
}
