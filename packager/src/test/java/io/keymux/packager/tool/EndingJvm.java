package io.keymux.packager.tool;

import java.nio.file.Path;
import java.time.Duration;

/** A JVM that ends in order while a program of its own runs. */
final class EndingJvm {
  static final int EXIT = 7;

  private EndingJvm() {}

  /**
   * @param args the file for the number of the program's process
   */
  public static void main(String[] args) throws InterruptedException {
    Path pids = Path.of(args[0]);
    Thread ending =
        new Thread(
            () -> {
              while (pids.toFile().length() == 0) {
                Thread.onSpinWait();
              }
              System.exit(EXIT);
            });
    ending.setDaemon(true);
    ending.start();
    String stubborn = "trap '' TERM; echo $$ > \"$0\"; while true; do sleep 0.1; done";
    new ToolRunner(Duration.ofSeconds(50))
        .run(ToolCommand.of(Path.of("/bin/sh")).args("-c", stubborn).args(pids.toString()));
  }
}
