package io.keymux.api.startup;

import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * An archive of loaded classes for this JDK and this jar. A JVM that starts with it parses,
 * verifies and links none of them.
 *
 * <p>JDK 17 to 24 get a dynamic class-data sharing archive (JEP 350), later ones an ahead-of-time
 * cache (JEP 514), which also holds what the JIT compilers learned.
 */
public final class ClassArchive {
  static final int FIRST_WITH_AOT_CACHE = 25;

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private ClassArchive() {}

  /**
   * Makes it.
   *
   * @param args the jar, which it is only good for as long as it does not change; the file with the
   *     JVM options of the command line; the archive
   * @throws io.keymux.packager.tool.ToolException if the training run fails
   * @throws IOException if the archive cannot be put in its place; nothing is left behind
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    make(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
  }

  private static void make(Path jar, Path options, Path archive)
      throws IOException, InterruptedException {
    boolean aot = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;
    Path folder = archive.toAbsolutePath().getParent();
    Path made = Files.createTempFile(folder, ".archive-", aot ? ".aot" : ".jsa");
    try {
      // The JVM refuses to overwrite what is no archive.
      Files.delete(made);
      new ToolRunner(TIMEOUT)
          .run(
              ToolCommand.of(Path.of(System.getProperty("java.home"), "bin", "java"))
                  .args("@" + options)
                  .args((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made)
                  .args("-cp", jar.toString(), TrainingRun.class.getName()));
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
