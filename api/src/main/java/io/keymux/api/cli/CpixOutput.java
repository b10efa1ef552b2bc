package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.document.CpixTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * The file that a changed document is written to, readable by its owner only. It is there as a
 * whole or not at all.
 */
final class CpixOutput {
  static final CommandOption OUTPUT =
      CommandOption.one("--output", "FILE", "The changed document; only you can read it.")
          .withLetter("o")
          .mandatory();

  private CpixOutput() {}

  /**
   * @throws DrmException with code {@code output-not-writable}
   */
  static void write(Arguments given, CpixTree tree) {
    Path file = given.value(OUTPUT).path().toAbsolutePath();
    byte[] document = tree.write();
    try {
      write(file, document);
    } catch (IOException e) {
      throw new DrmException(
          Blame.OUTPUT,
          "output-not-writable",
          "%s cannot be written: %s.".formatted(file, e.getClass().getSimpleName()),
          "Check that its folder exists and that you may write there.",
          e);
    } finally {
      Arrays.fill(document, (byte) 0);
    }
  }

  /** A temporary file of the JDK belongs to its owner alone. */
  private static void write(Path file, byte[] document) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), ".cpix-", ".tmp");
    try {
      Files.write(temporary, document);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
