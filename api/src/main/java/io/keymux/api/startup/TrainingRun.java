package io.keymux.api.startup;

import io.keymux.api.Main;
import io.keymux.api.cli.Console;
import io.keymux.api.cli.SampleLadder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands whose start should be fast, on the sample that the jar holds: the JVM that runs
 * it remembers what they load.
 *
 * @see ClassArchive
 */
public final class TrainingRun {
  /** A public test key: the output is thrown away. */
  private static final String KEY =
      "eb676abbcb345e96bbcf616630f1a3da:100b6c20940f779a4589152b57d2dacb";

  private TrainingRun() {}

  /** Ends with the exit code of the first command that fails, else with 0. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("keymux-training-");
    int code;
    try {
      code = run(folder);
    } finally {
      SampleLadder.deleteTree(folder);
    }
    System.exit(code);
  }

  private static int run(Path folder) {
    Console console =
        new Console(nowhere(), nowhere(), InputStream.nullInputStream(), System.getenv(), 0);
    List<String> ladder = new ArrayList<>();
    SampleLadder.unpack(folder.resolve("in")).forEach(file -> ladder.add(file.toString()));
    List<List<String>> wishes =
        List.of(
            List.of("--scheme", "cenc", "--verify", "none"),
            List.of("--scheme", "cbcs", "--verify", "none", "--layout", "single-file"),
            List.of("--scheme", "cbcs", "--verify", "sample"),
            List.of("--scheme", "cenc", "--verify", "full"));
    for (int i = 0; i < wishes.size(); i++) {
      String out = folder.resolve("out" + i).toString();
      List<String> command = new ArrayList<>(List.of("package", "-o", out, "--key", KEY));
      command.addAll(wishes.get(i));
      command.addAll(ladder);
      int code = Main.run(console, command.toArray(String[]::new));
      if (code != 0) {
        return code;
      }
    }
    // What a mistake loads: one line of text and exit code 3.
    Main.run(console, "package", folder.resolve("missing.mp4").toString(), "-o", "never");
    return 0;
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
