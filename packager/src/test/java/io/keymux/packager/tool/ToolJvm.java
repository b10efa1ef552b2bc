package io.keymux.packager.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A JVM of its own with a program that does not end of itself. */
final class ToolJvm {
  static final int EXIT = 7;
  private static final String EXITS = "exits";

  private ToolJvm() {}

  /** One that ends in order as soon as the program runs. */
  static Process thatExits(Path pids) throws IOException {
    return start(pids, EXITS);
  }

  /** One that waits for the program. */
  static Process thatStays(Path pids) throws IOException {
    return start(pids, "stays");
  }

  /** Not by the runner: it would end what the other JVM leaves behind. */
  private static Process start(Path pids, String manner) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ToolJvm.class.getName(),
            pids.toString(),
            manner)
        .inheritIO()
        .start();
  }

  /**
   * @param args the file for the number of the program's process, and the manner of its end
   */
  public static void main(String[] args) throws InterruptedException {
    Path pids = Path.of(args[0]);
    if (args[1].equals(EXITS)) {
      Thread ending = new Thread(() -> exitOnce(pids));
      ending.setDaemon(true);
      ending.start();
    }
    String stubborn = "trap '' TERM; echo $$ > \"$0\"; while true; do sleep 0.1; done";
    new ToolRunner(Duration.ofSeconds(50))
        .run(ToolCommand.of(Path.of("/bin/sh")).args("-c", stubborn).args(pids.toString()));
  }

  private static void exitOnce(Path pids) {
    while (pids.toFile().length() == 0) {
      Thread.onSpinWait();
    }
    System.exit(EXIT);
  }
}
